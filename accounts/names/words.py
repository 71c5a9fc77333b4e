"""The words of a full name as they are compared: case, accents and apostrophes do not count."""

import unicodedata
from typing import Final

_APOSTROPHES: Final = frozenset("'\u2019\u2018\u02bc`\u00b4")
_ACCENT: Final = 230  # the combining class of marks above
_LONGEST: Final = 200


def words_of(name: str) -> frozenset[str]:
    """Return each word of a name once, in its comparable form; signs between words part them.

    What is no letter, mark or number is in no word: a wildcard, a NUL or a sign that turns the
    reading direction finds nothing and breaks nothing.
    """
    plain = unicodedata.normalize("NFKD", name[:_LONGEST].casefold())
    kept = "".join(_plain(sign) for sign in plain if sign not in _APOSTROPHES)
    # What one character stands for can be eighteen: a column has an end.
    return frozenset(unicodedata.normalize("NFKC", word)[:_LONGEST] for word in kept.split())


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    # Accents are typed or not; a mark that carries a vowel is part of its word in many scripts.
    if category == "Mn" and unicodedata.combining(sign) == _ACCENT:
        return ""
    if category == "Cf":
        return ""
    return sign if category[0] in "LMN" else " "
