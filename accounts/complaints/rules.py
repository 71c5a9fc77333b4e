"""How long an answer may take, and how many may wait for one."""

from datetime import date, timedelta
from typing import Final

# Data Protection Act 2018 section 164A (complaints) and UK GDPR article 12(3) (requests to put
# something right): thirty days are within both.
ANSWERED_WITHIN: Final = timedelta(days=30)
# Whoever has more open ones is helped better by a person.
OPEN_AT_ONCE: Final = 5
LONGEST: Final = 4000
# For as long as an answer may be questioned (Limitation Act 1980 section 2).
KEPT: Final = timedelta(days=6 * 365)


def due(made_on: date) -> date:
    """Return the last day for an answer."""
    return made_on + ANSWERED_WITHIN


def is_overdue(*, due_on: date, answered: bool, today: date) -> bool:
    """Say whether an answer should have been there by now."""
    return not answered and due_on < today
