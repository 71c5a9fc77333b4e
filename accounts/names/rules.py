"""Which sign-in names and full names an account may have."""

import unicodedata
from contextlib import suppress
from enum import StrEnum
from uuid import UUID

SHORTEST_NAME = 3
LONGEST_NAME = 60
_PUNCTUATION = frozenset(".-_")
# Controls, lone surrogates, separators of lines, and format characters, which are invisible or
# turn the reading direction: staff would read another name than was typed.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters, marks and a sign to Unicode, and nothing to the eye.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9  # the combining class of the sign that takes a consonant's vowel


class NameProblem(StrEnum):
    """Why a sign-in name cannot be chosen."""

    LOOKS_LIKE_ADDRESS = "looks_like_address"
    LOOKS_LIKE_ID = "looks_like_id"
    WRONG_LENGTH = "wrong_length"
    WRONG_CHARACTERS = "wrong_characters"


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
    return NameProblem.LOOKS_LIKE_ID if _is_id(plain) else None


def is_plain_name(name: str) -> bool:
    """Say whether a full name can be seen, and has nothing that hides, breaks or turns a line."""
    return any(_is_visible_letter(character) for character in name) and _hides_nothing(name)


def is_plain_line(text: str) -> bool:
    """Say the same of a line that may also be made of numbers, such as one of an address."""
    return any(_is_of_a_word(character) for character in text) and _hides_nothing(text)


def _hides_nothing(text: str) -> bool:
    # A space at each end: whatever stands there has two neighbours too.
    padded = f" {text} "
    return not any(_hides(*three) for three in zip(padded, padded[1:], padded[2:], strict=False))


def _is_of_a_word(character: str) -> bool:
    # Letters, the marks that some scripts write their vowels with, numbers.
    return unicodedata.category(character)[0] in "LMN" and character not in _BLANKS


def _is_id(name: str) -> bool:
    # Operators name accounts by their ids too.
    with suppress(ValueError):
        UUID(name)
        return True
    return False


def _is_visible_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" and character not in _BLANKS


def _hides(before: str, character: str, after: str) -> bool:
    if character in _JOINERS and _is_joining(before, after):
        return False
    return character in _BLANKS or unicodedata.category(character) in _HIDDEN


def _is_joining(before: str, after: str) -> bool:
    # Where joiners change what is seen (RFC 5892 §A.1): in Persian names between Arabic letters,
    # in Indic ones beside a virama.
    return _VIRAMA in (unicodedata.combining(before), unicodedata.combining(after)) or (
        unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL"
    )
