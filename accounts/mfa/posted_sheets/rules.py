"""Who may have a sheet of codes posted."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why no sheet is posted.

    Too new: whoever asks signed in by a way that was added a short while ago by a password alone.
    """

    NOT_NEEDED = "sheet_not_used_up"
    NO_LETTERS = "sheet_no_letters"
    TOO_NEW = "sheet_by_a_new_way"


def refusal(*, nearly_used_up: bool, may_be_written_to: bool, by_new_way: bool) -> Refusal | None:
    """Return why no sheet may be posted, or None if one may.

    It only ever follows another sheet: a letter that somebody else opens adds no way to sign in
    where there was none of its kind.
    """
    if not nearly_used_up:
        return Refusal.NOT_NEEDED
    if not may_be_written_to:
        return Refusal.NO_LETTERS
    return Refusal.TOO_NEW if by_new_way else None
