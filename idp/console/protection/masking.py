"""Shows just enough of an address or number for its owner to know it again."""

from typing import Final

_HIDDEN: Final = "•••"


def masked_email(address: str) -> str:
    """Return an email address with its first character and where its mailbox is."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}{_HIDDEN}@{domain}" if at else _HIDDEN


def masked_number(number: str) -> str:
    """Return a phone number's last three digits."""
    return f"{_HIDDEN}{number[-3:]}"
