"""Who may keep looks back together, and for how long."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accounts.staff import Role

LONGEST: Final = timedelta(days=90)
# What nobody agreed to by then is forgotten: who asked may no longer mean it.
ANSWER_WITHIN: Final = timedelta(days=7)


class Refusal(StrEnum):
    """Why looks are not kept back."""

    TOO_LONG = "too_long"
    IN_THE_PAST = "in_the_past"
    SAME_PERSON = "same_person"
    SAME_KIND = "same_kind_of_role"
    THEIR_OWN = "their_own_account"
    ASKERS_OWN = "askers_own_account"
    NOT_WAITING = "not_waiting"


def refusal_to_last(until: datetime, *, now: datetime) -> Refusal | None:
    """Return why it may not last so long, or None if it may."""
    if until <= now:
        return Refusal.IN_THE_PAST
    return Refusal.TOO_LONG if until - now > LONGEST else None


def refusal_to_agree(
    asker: Collection[str], other: Collection[str], *, is_same_person: bool
) -> Refusal | None:
    """Return why two people with these roles now may not agree, or None if they may.

    One is there as a support lead, the other as an auditor. Who has both roles is still one person.
    """
    if is_same_person:
        return Refusal.SAME_PERSON
    lead, auditor = Role.SUPPORT_LEAD, Role.AUDITOR
    fits = (lead in asker and auditor in other) or (auditor in asker and lead in other)
    return None if fits else Refusal.SAME_KIND
