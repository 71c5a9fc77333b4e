"""What is told of how one of the staff looks people up. Pure."""

from enum import StrEnum
from typing import Final

# Many calls end with a word of advice; but who helps fewer than one in five does other work.
_OTHERS_FOR_EACH_HELPED: Final = 4


class Pattern(StrEnum):
    """What somebody did more often than the work needs."""

    LOOKS_ALONE = "looks_alone"
    MANY_CHECKS = "many_checks"
    MANY_LOOKS = "many_looks"
    MANY_MISSES = "many_misses"
    MANY_NAMES = "many_names"
    MANY_PAPERS = "many_papers"
    MANY_STARTS = "many_starts"
    SAME_PERSON = "same_person"


def looks_alone(*, opened: int, helped: int, most: int) -> bool:
    """Say whether somebody opens the accounts of more people than `most`, and helps hardly any.

    `helped`: for how many of those who were opened anything was done.
    """
    others = opened - helped
    return others > most and others > helped * _OTHERS_FOR_EACH_HELPED
