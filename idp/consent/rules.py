"""Whether an agreement covers what is asked now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Coverage(StrEnum):
    """How far the agreement on record goes."""

    COVERED = "covered"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    MORE_ASKED_FOR = "more_asked_for"


@dataclass(frozen=True)
class Agreed:
    """The current agreement of an account with an application."""

    scopes: frozenset[str]
    claims: frozenset[str]
    expires_at: datetime


def coverage(
    *, scopes: Collection[str], claims: Collection[str], agreed: Agreed | None, now: datetime
) -> Coverage:
    """Say whether `agreed` covers these scopes and claim names, and if not, why."""
    if agreed is None:
        return Coverage.NO_CONSENT
    if agreed.expires_at <= now:
        return Coverage.CONSENT_EXPIRED
    if not (agreed.scopes.issuperset(scopes) and agreed.claims.issuperset(claims)):
        return Coverage.MORE_ASKED_FOR
    return Coverage.COVERED


def renewed(*, asked: Agreed, former: Agreed | None, now: datetime) -> Agreed:
    """Return the agreement that stands once `asked` was agreed to beside what held before.

    What was not shown this time stays agreed, but for no longer than it was: nobody is held to a
    year-old answer because of a newer one to another question.
    """
    if former is None or former.expires_at <= now:
        return asked
    everything_shown = asked.scopes >= former.scopes and asked.claims >= former.claims
    return Agreed(
        scopes=asked.scopes | former.scopes,
        claims=asked.claims | former.claims,
        expires_at=asked.expires_at if everything_shown else former.expires_at,
    )


def years_old(born: date, *, on: date) -> int:
    """Return the age that somebody has on this day."""
    birthday_to_come = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - birthday_to_come
