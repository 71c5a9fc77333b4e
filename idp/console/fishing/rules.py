"""What is told of how one of the staff looks people up."""

from enum import StrEnum


class Pattern(StrEnum):
    """What somebody did more often than the work needs."""

    MANY_LOOKS = "many_looks"
    MANY_MISSES = "many_misses"
    MANY_NAMES = "many_names"
    MANY_PAPERS = "many_papers"
    SAME_PERSON = "same_person"
