"""When an application may end."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from clients.organisations.rules import holds_unseen

# Residents must have the time to read of it, and to get what they need elsewhere.
SHORTEST_NOTICE: Final = timedelta(days=14)
LONGEST_NOTICE: Final = timedelta(days=730)
LONGEST_WHERE_TO_GO: Final = 500


class RetirementProblem(StrEnum):
    """Why it may not end so."""

    NOT_LIVE = "retirement_not_live"
    TOO_SOON = "retirement_too_soon"
    TOO_LATE = "retirement_too_late"
    NOWHERE_TO_GO = "retirement_nowhere_to_go"
    TEXT_UNFIT = "retirement_text_unfit"


# What is wrong with the day; all else is wrong with what residents are told.
OF_DAY: Final = frozenset({RetirementProblem.TOO_SOON, RetirementProblem.TOO_LATE})


def problems(*, day: date, where_to_go: str, today: date) -> list[RetirementProblem]:
    """Return every reason why residents cannot be told this."""
    found: dict[RetirementProblem, bool] = {
        RetirementProblem.TOO_SOON: day < today + SHORTEST_NOTICE,
        RetirementProblem.TOO_LATE: day > today + LONGEST_NOTICE,
        RetirementProblem.NOWHERE_TO_GO: not where_to_go.strip(),
        RetirementProblem.TEXT_UNFIT: (
            len(where_to_go) > LONGEST_WHERE_TO_GO or holds_unseen(where_to_go)
        ),
    }
    return [problem for problem, applies in found.items() if applies]
