"""What names of organisations and applications may look like."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

LONGEST_NAME: Final = 100
LONGEST_SLUG: Final = 60

# Controls and format characters (C*) can turn a name around (bidi) or hide in it; line and
# paragraph separators (Zl, Zp) break out of their place.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Drawn as nothing or as a blank although they are letters, marks or symbols: fillers, variation
# selectors and their like (Unicode: Default_Ignorable_Code_Point).
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NameProblem(StrEnum):
    """Why a name, or the short name (slug) that operators type, is refused."""

    EMPTY = "name_empty"
    TOO_LONG = "name_too_long"
    UNSEEN_CHARACTER = "name_unseen_character"
    SPACES = "name_spaces"
    SLUG_INVALID = "slug_invalid"
    SLUG_TAKEN = "slug_taken"


def name_problem(name: str) -> NameProblem | None:
    """Return why residents cannot be shown this name, if so."""
    if not name.strip():
        return NameProblem.EMPTY
    if len(name) > LONGEST_NAME:
        return NameProblem.TOO_LONG
    if holds_unseen(name):
        return NameProblem.UNSEEN_CHARACTER
    # Two names that differ only in spaces look alike.
    if name != " ".join(name.split()):
        return NameProblem.SPACES
    return None


def holds_unseen(text: str) -> bool:
    """Say whether the text holds a character that readers cannot see or that reorders it."""
    unseen = any(unicodedata.category(character) in _UNSEEN for character in text)
    return unseen or _BLANK.search(text) is not None


def slug_problem(slug: str) -> NameProblem | None:
    """Return why operators cannot type this short name, if so."""
    fits = len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug)
    return None if fits else NameProblem.SLUG_INVALID


def slug_of(name: str) -> str:
    """Return a short name made from a name; empty when it holds no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")
