"""Whether an agreement covers what is asked now, and why not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

EMAIL: Final = "email"
_OF_EMAIL: Final = frozenset({EMAIL, "email_verified"})


class Coverage(StrEnum):
    """How far the agreement on record goes."""

    COVERED = "covered"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    APPLICATION_CHANGED = "application_changed"
    MORE_ASKED_FOR = "more_asked_for"
    TERMS_CHANGED = "terms_changed"


@dataclass(frozen=True)
class Shown:
    """What a page says beside the names of details: who asks, and on which terms.

    `terms` are the versions of what is told of each scope.
    """

    application_name: str = ""
    organisation_name: str = ""
    terms: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, str]:
        """Who asks."""
        return self.application_name, self.organisation_name


NOTHING_SHOWN: Final = Shown()


@dataclass(frozen=True)
class Agreed:
    """The current agreement of an account with an application, and what was kept back in it.

    `email` is the row of the address that was chosen, None for the main one. `shown` is what the
    resident had read, whenever that was; `digests` stand for the values that they saw, by claim.
    """

    scopes: frozenset[str]
    claims: frozenset[str]
    expires_at: datetime
    declined_scopes: frozenset[str] = frozenset()
    declined_claims: frozenset[str] = frozenset()
    email: int | None = None
    shown: Shown = NOTHING_SHOWN
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def answered_scopes(self) -> frozenset[str]:
        """Every scope that the resident has said yes or no to."""
        return self.scopes | self.declined_scopes

    @property
    def answered_claims(self) -> frozenset[str]:
        """Every claim that the resident has said yes or no to."""
        return self.claims | self.declined_claims


def gaps(
    *,
    scopes: Collection[str],
    claims: Collection[str],
    shown: Shown,
    agreed: Agreed | None,
    now: datetime,
) -> tuple[Coverage, ...]:
    """Return every reason why `agreed` does not cover these scopes and claim names; none: it does.

    `shown` is what a page would say now; its terms are those of scopes whose details are shared.
    """
    if agreed is None:
        return (Coverage.NO_CONSENT,)
    answered = agreed.answered_scopes, agreed.answered_claims
    reasons = {
        Coverage.CONSENT_EXPIRED: agreed.expires_at <= now,
        Coverage.APPLICATION_CHANGED: agreed.shown.names != shown.names,
        Coverage.MORE_ASKED_FOR: not (
            answered[0].issuperset(scopes) and answered[1].issuperset(claims)
        ),
        Coverage.TERMS_CHANGED: bool(changed_terms(shown, agreed)),
    }
    return tuple(reason for reason, applies in reasons.items() if applies)


def changed_terms(shown: Shown, agreed: Agreed) -> list[str]:
    """Return the scopes of which something else is told now than had been read."""
    return [
        scope for scope, version in shown.terms.items() if agreed.shown.terms.get(scope) != version
    ]


def renewed(*, asked: Agreed, former: Agreed | None, now: datetime) -> Agreed:
    """Return the agreement that stands once `asked` was agreed to beside what held before.

    What was not shown this time stays as it was answered, on the terms that were read then, but for
    no longer than it was: nobody is held to a year-old answer because of a newer one to another
    question. Nothing stays that was agreed with somebody of another name.
    """
    if former is None or former.expires_at <= now or former.shown.names != asked.shown.names:
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
        shown=replace(asked.shown, terms={**former.shown.terms, **asked.shown.terms}),
        digests=_without(former.digests, asked.answered_claims) | dict(asked.digests),
    )


@dataclass(frozen=True)
class Details:
    """What may be shared or kept back as one: scopes, and the claims that stand for them."""

    scopes: frozenset[str]
    claims: frozenset[str]


def chosen_anew(
    agreed: Agreed, *, optional: Details, chosen: Details, terms: Mapping[str, int]
) -> Agreed:
    """Return the agreement with other choices among its optional details; all else stays.

    What was never asked for cannot be chosen. `terms` are those that the page of choices told.
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
        shown=replace(agreed.shown, terms={**agreed.shown.terms, **terms}),
        digests=_without(agreed.digests, agreed.answered_claims - claims),
    )


def with_address(agreed: Agreed, email: int | None) -> Agreed:
    """Return the agreement with another address to share; no digest stands for the former."""
    if email == agreed.email:
        return agreed
    return replace(agreed, email=email, digests=_without(agreed.digests, _OF_EMAIL))


def _without(digests: Mapping[str, str], claims: Collection[str]) -> dict[str, str]:
    return {claim: digest for claim, digest in digests.items() if claim not in claims}


def years_old(born: date, *, on: date) -> int:
    """Return the age that somebody has on this day."""
    birthday_to_come = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - birthday_to_come
