"""Who of the support leads may read and answer a complaint."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LOOKED_WITHIN: Final = timedelta(days=30)


class Refusal(StrEnum):
    """Why a complaint is for somebody else."""

    THEIR_OWN = "their_own"
    LOOKED_BEFORE = "looked_before"
    PROTECTED = "protected"


def refusal_to_answer(
    *, is_their_own: bool, looked_before: bool, may_see_contacts: bool
) -> Refusal | None:
    """Return why somebody may not read and answer it, or None if they may.

    It may be about how they looked or helped just before; looks after it belong to the answer.
    """
    if is_their_own:
        return Refusal.THEIR_OWN
    if looked_before:
        return Refusal.LOOKED_BEFORE
    return None if may_see_contacts else Refusal.PROTECTED


def looked_since(made_at: datetime) -> datetime:
    """Return from when on a look counts for a complaint that was made then."""
    return made_at - LOOKED_WITHIN
