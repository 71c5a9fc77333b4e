"""Which sign-in names and full names an account may have, and the words for a browser."""

import unicodedata
from enum import StrEnum

SHORTEST_NAME = 3
LONGEST_NAME = 60
_PUNCTUATION = frozenset(".-_")
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
    # As it is compared and stored: one character of the typed form can stand for eighteen.
    plain = unicodedata.normalize("NFKC", name)
    # An address would keep out its owner, who has not confirmed anything here yet.
    if "@" in plain:
        return NameProblem.LOOKS_LIKE_ADDRESS
    if not SHORTEST_NAME <= len(plain) <= LONGEST_NAME:
        return NameProblem.WRONG_LENGTH
    if not all(_is_of_a_word(character) or character in _PUNCTUATION for character in plain):
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


def _is_of_a_word(character: str) -> bool:
    # Letters, the marks that some scripts write their vowels with, numbers.
    return unicodedata.category(character)[0] in "LMN"
