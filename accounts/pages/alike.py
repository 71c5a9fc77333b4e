"""Texts of one list that would be heard alike, such as the links of two rows of one minute."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _


def told_apart(texts: Sequence[str]) -> list[str]:
    """Return the texts; one that stands there more than once says which of how many it is."""
    counts, seen = Counter(texts), Counter[str]()
    told = []
    for text in texts:
        seen[text] += 1
        told.append(_which(text, seen[text], counts[text]))
    return told


def _which(text: str, number: int, count: int) -> str:
    if count == 1:
        return text
    return _("{text}, {number} of {count}").format(text=text, number=number, count=count)
