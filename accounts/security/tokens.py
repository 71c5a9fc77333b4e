"""Random values that stand for a right: cookies, links, codes, secrets."""

import secrets

TOKEN_LENGTH = 43
_DIGITS = 6


def random_token() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def six_digits() -> str:
    """Return a code to type; its weakness is made good by a limit on tries."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
