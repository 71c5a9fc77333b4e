"""Whether it counts that somebody of the council read a privacy notice in a browser."""

from dataclasses import dataclass
from enum import StrEnum


class ReadingProblem(StrEnum):
    """Why it does not count."""

    NOTHING_UNDER_WAY = "reading_nothing_under_way"
    NO_DRAFT = "reading_no_draft"
    NO_ADDRESS = "reading_no_address"
    ANOTHER_ADDRESS = "reading_another_address"
    NOT_OF_COUNCIL = "reading_not_of_council"
    OWN_ORGANISATION = "reading_own_organisation"


@dataclass(frozen=True)
class Read:
    """What was read and by whom; `named` is the address that the round under way names."""

    is_under_way: bool
    is_draft: bool
    named: str
    address: str
    is_of_council: bool
    is_member: bool


def why_not(read: Read) -> ReadingProblem | None:
    """Return why this reading does not count, if so."""
    reasons = {
        ReadingProblem.NOTHING_UNDER_WAY: not read.is_under_way,
        ReadingProblem.NO_DRAFT: not read.is_draft,
        ReadingProblem.NO_ADDRESS: not read.named,
        # It was changed after somebody looked: what is there now nobody has read.
        ReadingProblem.ANOTHER_ADDRESS: read.address != read.named,
        ReadingProblem.NOT_OF_COUNCIL: not read.is_of_council,
        ReadingProblem.OWN_ORGANISATION: read.is_member,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)
