"""Which sign-in names and full names an account may have, and the words for a browser."""

import unicodedata
from enum import StrEnum

SHORTEST_NAME = 3
LONGEST_NAME = 60
_MARKS = frozenset(".-_")
# They turn the reading direction, so that staff would read another name than was typed.
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NameProblem(StrEnum):
    """Why a sign-in name cannot be chosen."""

    LOOKS_LIKE_ADDRESS = "looks_like_address"
    WRONG_LENGTH = "wrong_length"
    WRONG_CHARACTERS = "wrong_characters"


class Refusal(StrEnum):
    """Why no account was made."""

    NAME_TAKEN = "name_taken"
    ADDRESS_FULL = "address_full"
    NOT_CONFIRMED = "not_confirmed"
    ALREADY_MADE = "already_made"


def name_problem(name: str) -> NameProblem | None:
    """Return what is wrong with a sign-in name of the resident's own choosing."""
    # An address would keep out its owner, who has not confirmed anything here yet.
    if "@" in unicodedata.normalize("NFKC", name):
        return NameProblem.LOOKS_LIKE_ADDRESS
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return NameProblem.WRONG_LENGTH
    if not all(character.isalnum() or character in _MARKS for character in name):
        return NameProblem.WRONG_CHARACTERS
    return None


def is_plain_name(name: str) -> bool:
    """Say whether a full name has no character that hides, breaks or turns a line."""
    return not any(
        character in _DIRECTION_CONTROLS or unicodedata.category(character) in {"Cc", "Cs"}
        for character in name
    )


def may_take_address(*, accounts: int, most: int) -> bool:
    """Say whether one more account may share the address."""
    return accounts < most
