"""Whether an agreement covers what is asked now, and why not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

EMAIL: Final = "email"
_OF_EMAIL: Final = frozenset({EMAIL, "email_verified"})


class How(StrEnum):
    """How a detail came to be shared: somebody agreed to it, or was told of it and not asked."""

    AGREED = "agreed"
    TOLD = "told"


@dataclass(frozen=True)
class Answer:
    """How and when the sharing of one detail came about."""

    how: How
    at: datetime


@dataclass(frozen=True)
class Mailbox:
    """Which email address is shared: the main one, whichever that is, or one that was chosen.

    `row` is the chosen one's, None once it is taken from the account: then none is shared.
    """

    row: int | None = None
    is_chosen: bool = False


MAIN: Final = Mailbox()


def of_scope(scope: str) -> str:
    """Return what a scope is called among claims, some of which have the name of a scope."""
    return f"scope:{scope}"


class Coverage(StrEnum):
    """How far the agreement on record goes."""

    COVERED = "covered"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    APPLICATION_CHANGED = "application_changed"
    MORE_ASKED_FOR = "more_asked_for"
    DETAILS_ADDED = "details_added"
    TERMS_CHANGED = "terms_changed"
    ADDRESS_GONE = "address_gone"


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

    `shown` is what the resident had read, whenever that was; `digests` stand for the values that
    they saw, by claim. `answer` says how this version came about, None until it is written, and
    `earlier` the same of each name in it (see `names`) that it only takes along.
    """

    scopes: frozenset[str]
    claims: frozenset[str]
    expires_at: datetime
    declined_scopes: frozenset[str] = frozenset()
    declined_claims: frozenset[str] = frozenset()
    mailbox: Mailbox = MAIN
    shown: Shown = NOTHING_SHOWN
    digests: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None
    earlier: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def answered_scopes(self) -> frozenset[str]:
        """Every scope that the resident has said yes or no to."""
        return self.scopes | self.declined_scopes

    @property
    def answered_claims(self) -> frozenset[str]:
        """Every claim that the resident has said yes or no to."""
        return self.claims | self.declined_claims

    @property
    def names(self) -> frozenset[str]:
        """Every scope and claim that is shared."""
        return self.claims | {of_scope(scope) for scope in self.scopes}

    def answers(self) -> dict[str, Answer]:
        """Return how and when each of the names came to be shared; none before it is written."""
        known = {name: self.earlier.get(name, self.answer) for name in self.names}
        return {name: answer for name, answer in known.items() if answer is not None}


def gaps(
    *,
    scopes: Collection[str],
    claims: Collection[str],
    shown: Shown,
    agreed: Agreed,
    added: Collection[str],
    address_gone: bool,
    now: datetime,
) -> tuple[Coverage, ...]:
    """Return every reason why `agreed` does not cover these scopes and claim names; none: it does.

    `shown` is what a page would say now; its terms are those of scopes whose details are shared.
    `added` are claims that came to what was agreed to since, without their being asked for by name.
    `address_gone`: the email address that was chosen to be shared can be shared no more.
    """
    answered = agreed.answered_scopes, agreed.answered_claims
    reasons = {
        Coverage.CONSENT_EXPIRED: agreed.expires_at <= now,
        Coverage.APPLICATION_CHANGED: agreed.shown.names != shown.names,
        Coverage.MORE_ASKED_FOR: not (
            answered[0].issuperset(scopes) and answered[1].union(added).issuperset(claims)
        ),
        Coverage.DETAILS_ADDED: bool(added),
        Coverage.TERMS_CHANGED: bool(changed_terms(shown, agreed)),
        Coverage.ADDRESS_GONE: address_gone and EMAIL in claims,
    }
    return tuple(reason for reason, applies in reasons.items() if applies)


def changed_terms(shown: Shown, agreed: Agreed) -> list[str]:
    """Return the scopes of which something else is told now than had been read."""
    return [
        scope for scope, version in shown.terms.items() if agreed.shown.terms.get(scope) != version
    ]


def renewed(
    *, asked: Agreed, former: Agreed | None, unsaid: Collection[str] = (), now: datetime
) -> Agreed:
    """Return the agreement that stands once `asked` was agreed to beside what held before.

    What was not shown this time stays as it was answered, on the terms that were read then, but for
    no longer than it was: nobody is held to a year-old answer because of a newer one to another
    question. Nothing stays that was agreed with somebody of another name, nor of `unsaid`: claims
    of scopes that were shown, of which there was no longer anything to say.
    """
    if former is None or former.expires_at <= now or former.shown.names != asked.shown.names:
        return asked
    former = replace(
        former,
        claims=former.claims.difference(unsaid),
        declined_claims=former.declined_claims.difference(unsaid),
    )
    everything_shown = (
        asked.answered_scopes >= former.answered_scopes
        and asked.answered_claims >= former.answered_claims
    )
    shown_now = asked.answered_claims | {of_scope(scope) for scope in asked.answered_scopes}
    return Agreed(
        scopes=asked.scopes | (former.scopes - asked.declined_scopes),
        claims=asked.claims | (former.claims - asked.declined_claims),
        expires_at=asked.expires_at if everything_shown else former.expires_at,
        declined_scopes=asked.declined_scopes | (former.declined_scopes - asked.scopes),
        declined_claims=asked.declined_claims | (former.declined_claims - asked.claims),
        mailbox=asked.mailbox if EMAIL in asked.answered_claims else former.mailbox,
        shown=replace(asked.shown, terms={**former.shown.terms, **asked.shown.terms}),
        digests=_without(former.digests, asked.answered_claims) | dict(asked.digests),
        earlier=_answers_of(former, former.names - shown_now),
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

    What was never asked for cannot be chosen. `terms` are those that the page of choices told; of
    what nobody agreed to yet they count as unread, so that the sharing page asks.
    """
    told = [name for name, answer in agreed.answers().items() if answer.how is How.TOLD]
    read = {scope: version for scope, version in terms.items() if of_scope(scope) not in told}
    scopes = (agreed.scopes - optional.scopes) | (agreed.answered_scopes & chosen.scopes)
    claims = (agreed.claims - optional.claims) | (agreed.answered_claims & chosen.claims)
    new = replace(
        agreed,
        scopes=scopes,
        claims=claims,
        declined_scopes=agreed.answered_scopes - scopes,
        declined_claims=agreed.answered_claims - claims,
        shown=replace(agreed.shown, terms={**agreed.shown.terms, **read}),
        digests=_without(agreed.digests, agreed.answered_claims - claims),
    )
    return new if new == agreed else replace(new, earlier=_answers_of(agreed, new.names))


def with_address(agreed: Agreed, mailbox: Mailbox) -> Agreed:
    """Return the agreement with another address to share; no digest stands for the former."""
    if mailbox == agreed.mailbox:
        return agreed
    return replace(
        agreed,
        mailbox=mailbox,
        digests=_without(agreed.digests, _OF_EMAIL),
        earlier=agreed.answers(),
    )


def _answers_of(agreed: Agreed, names: Collection[str]) -> dict[str, Answer]:
    return {name: answer for name, answer in agreed.answers().items() if name in names}


def _without(digests: Mapping[str, str], claims: Collection[str]) -> dict[str, str]:
    return {claim: digest for claim, digest in digests.items() if claim not in claims}


def years_old(born: date, *, on: date) -> int:
    """Return the age that somebody has on this day."""
    birthday_to_come = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - birthday_to_come
