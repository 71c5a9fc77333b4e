"""Random values that stand for a right: cookies, links, codes, secrets."""

import secrets

TOKEN_LENGTH = 43
_DIGITS = 6
# No vowels, so no words; no pairs that are misread or misheard: 0 and O, 1 and I, 5 and S, B and 8.
READABLE = "CDFGHJKMNPQRTVWXY34679"
_READABLE_LENGTH = 8
_CONSONANTS, _VOWELS = "bdfghklmnprstvz", "aeiou"
_SYLLABLES = 12


def random_token() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def six_digits() -> str:
    """Return a code to type; its weakness is made good by a limit on tries."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def typed_secret() -> str:
    """Return 74 random bits as syllables, for a password that somebody reads and types."""
    syllables = [secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES)]
    words = ("".join(syllables[start : start + 3]) for start in range(0, _SYLLABLES, 3))
    return "-".join(words)


def readable_code(length: int = _READABLE_LENGTH) -> str:
    """Return letters and digits to read out or copy; eight of them are no secret by themselves."""
    return "".join(secrets.choice(READABLE) for _place in range(length))
