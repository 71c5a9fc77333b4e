"""Who may do what with a sheet that was printed."""

from enum import StrEnum


class Answer(StrEnum):
    """What somebody of the staff wants done about a sheet."""

    AGAIN = "again"
    CANCEL = "cancel"


def answers(*, is_waiting: bool, is_own: bool) -> list[Answer]:
    """Return what may be done about a sheet.

    Whoever saw no papers prints none that say so. To cancel one needs no more than its case: it
    keeps nobody from an account.
    """
    if not is_waiting:
        return []
    return [Answer.AGAIN, Answer.CANCEL] if is_own else [Answer.CANCEL]
