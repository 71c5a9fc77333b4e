"""Whether an agreement covers what is asked now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

EMAIL: Final = "email"


class Coverage(StrEnum):
    """How far the agreement on record goes."""

    COVERED = "covered"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    MORE_ASKED_FOR = "more_asked_for"


@dataclass(frozen=True)
class Agreed:
    """The current agreement of an account with an application, and what was kept back in it.

    `email` is the row of the address that was chosen, None for the main one.
    """

    scopes: frozenset[str]
    claims: frozenset[str]
    expires_at: datetime
    declined_scopes: frozenset[str] = frozenset()
    declined_claims: frozenset[str] = frozenset()
    email: int | None = None

    @property
    def answered_scopes(self) -> frozenset[str]:
        """Every scope that the resident has said yes or no to."""
        return self.scopes | self.declined_scopes

    @property
    def answered_claims(self) -> frozenset[str]:
        """Every claim that the resident has said yes or no to."""
        return self.claims | self.declined_claims


def coverage(
    *, scopes: Collection[str], claims: Collection[str], agreed: Agreed | None, now: datetime
) -> Coverage:
    """Say whether `agreed` covers these scopes and claim names, and if not, why."""
    if agreed is None:
        return Coverage.NO_CONSENT
    if agreed.expires_at <= now:
        return Coverage.CONSENT_EXPIRED
    if not (
        agreed.answered_scopes.issuperset(scopes) and agreed.answered_claims.issuperset(claims)
    ):
        return Coverage.MORE_ASKED_FOR
    return Coverage.COVERED


def renewed(*, asked: Agreed, former: Agreed | None, now: datetime) -> Agreed:
    """Return the agreement that stands once `asked` was agreed to beside what held before.

    What was not shown this time stays as it was answered, but for no longer than it was: nobody is
    held to a year-old answer because of a newer one to another question.
    """
    if former is None or former.expires_at <= now:
        return asked
    everything_shown = (
        asked.answered_scopes >= former.answered_scopes
        and asked.answered_claims >= former.answered_claims
    )
    return Agreed(
        scopes=asked.scopes | (former.scopes - asked.declined_scopes),
        claims=asked.claims | (former.claims - asked.declined_claims),
        expires_at=asked.expires_at if everything_shown else former.expires_at,
        declined_scopes=asked.declined_scopes | (former.declined_scopes - asked.scopes),
        declined_claims=asked.declined_claims | (former.declined_claims - asked.claims),
        email=asked.email if EMAIL in asked.answered_claims else former.email,
    )


@dataclass(frozen=True)
class Details:
    """What may be shared or kept back as one: scopes, and the claims that stand for them."""

    scopes: frozenset[str]
    claims: frozenset[str]


def chosen_anew(agreed: Agreed, *, optional: Details, chosen: Details) -> Agreed:
    """Return the agreement with other choices among its optional details; all else stays.

    What was never asked for cannot be chosen.
    """
    scopes = (agreed.scopes - optional.scopes) | (agreed.answered_scopes & chosen.scopes)
    claims = (agreed.claims - optional.claims) | (agreed.answered_claims & chosen.claims)
    return Agreed(
        scopes=scopes,
        claims=claims,
        expires_at=agreed.expires_at,
        declined_scopes=agreed.answered_scopes - scopes,
        declined_claims=agreed.answered_claims - claims,
        email=agreed.email,
    )


def years_old(born: date, *, on: date) -> int:
    """Return the age that somebody has on this day."""
    birthday_to_come = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - birthday_to_come
