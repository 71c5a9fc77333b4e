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
# Scripts that share the shapes of many letters.
_ALIKE: Final = frozenset({"ARMENIAN", "CHEROKEE", "CYRILLIC", "GREEK", "LATIN"})
# Digits, then Cyrillic and Greek letters, small and capital, and as which of ours each is drawn.
_DRAWN_AS: Final = str.maketrans(
    "01|iI"
    "\u0430\u0435\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u0455\u04bb\u0501\u04cf"
    "\u0410\u0412\u0415\u0406\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0408"
    "\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ollllaeljopcyxshdlabelkmhopctyxsjalkvopuabezhlkmnoptyx",
)
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NameProblem(StrEnum):
    """Why a name, or the short name (slug) that operators type, is refused."""

    EMPTY = "name_empty"
    TOO_LONG = "name_too_long"
    UNSEEN_CHARACTER = "name_unseen_character"
    SPACES = "name_spaces"
    OF_ANOTHER = "name_of_another"
    MIXED = "name_mixed"
    TWICE = "name_twice"
    OFFICIAL = "name_official"
    ADDRESS = "name_address"
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


def mixes_scripts(name: str) -> bool:
    """Say whether a name has letters of two scripts that look alike, as a forged one would."""
    letters = (unicodedata.name(letter, "") for letter in name if letter.isalpha())
    return len({name.partition(" ")[0] for name in letters} & _ALIKE) > 1


def is_drawn_as_latin(word: str) -> bool:
    """Say whether a word of another script looks as if it were of ours, letter by letter."""
    # Accents alone make no other script.
    plain = unicodedata.normalize("NFKD", word)
    letters = [letter for letter in plain if letter.isalpha()]
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
    return scripts <= _ALIKE and bool(scripts - {"LATIN"}) and looks(word).isascii()


def looks(name: str) -> str:
    """Return what a reader in a hurry sees of a name: names that look alike share it.

    Neither case, accents, spaces and punctuation nor the script of a letter that many have.
    """
    # Both before and after: a capital and its small letter may be drawn as different ones.
    plain = unicodedata.normalize("NFKD", name).translate(_DRAWN_AS).casefold()
    drawn = plain.translate(_DRAWN_AS).replace("rn", "m").replace("vv", "w")
    return "".join(character for character in drawn if character.isalnum())


def slug_problem(slug: str) -> NameProblem | None:
    """Return why operators cannot type this short name, if so."""
    fits = len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug)
    return None if fits else NameProblem.SLUG_INVALID


def slug_of(name: str) -> str:
    """Return a short name made from a name; empty when it holds no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")
