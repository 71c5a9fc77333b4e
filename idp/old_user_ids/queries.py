"""Reads old user ids."""

from accounts.security.encryption import decrypt


def opened(sealed: str) -> str:
    """Return an id that somebody claimed as its service knows it."""
    return decrypt(sealed).decode()
