"""Under which names staff accounts stand."""

from typing import Final

# No rule of residents' names lets a colon in, and no address has one in front of its @.
_BEFORE: Final = "staff:"


def sign_in_key_of(mailbox: str) -> str:
    """Return the name of the staff account of this mailbox, which nobody ever types."""
    return f"{_BEFORE}{mailbox}"
