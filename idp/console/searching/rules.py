"""Who may look for a person by name, and what is searched for at all."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

# More is a list of people; whoever needs one is fishing.
MOST_SHOWN: Final = 10
LEAST_WORDS: Final = 2
MOST_WORDS: Final = 8
_INITIAL: Final = 1


class Refusal(StrEnum):
    """Why somebody may not look by name."""

    NOT_AT_A_COUNTER = "not_at_a_counter"
    FOR_LEADS = "for_support_leads"


def refusal_to_search(*, is_evidence: bool, at_counter: bool, is_lead: bool) -> Refusal | None:
    """Return why this ground does not do, or None if it does.

    Evidence is seen of somebody who is there; any other reason is for a support lead to judge.
    """
    if is_evidence:
        return None if at_counter else Refusal.NOT_AT_A_COUNTER
    return None if is_lead else Refusal.FOR_LEADS


def is_enough(words: Collection[str]) -> bool:
    """Say whether so much of a name may be looked for: two words that are no initials."""
    longer = [word for word in words if len(word) > _INITIAL]
    return len(longer) >= LEAST_WORDS and len(words) <= MOST_WORDS
