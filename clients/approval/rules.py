"""What must be there before the council looks at a submission, and who may sign it off."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from clients.applications.certificates.rules import NO_CERTIFICATE, TLS_CLIENT_AUTH
from clients.applications.form.rules import returns
from clients.applications.keys.rules import KEYED_METHODS
from clients.applications.registration import Kind, Registration

# A notice may move: what was reachable a while ago is asked for again.
NOTICE_COUNTS_FOR: Final = timedelta(days=30)
# An agreement that ends within days would stop the application as soon as residents use it.
SHORTEST_AGREEMENT: Final = timedelta(days=30)
LONGEST_TEXT: Final = 2000
LONGEST_REASON: Final = 1000
# Of either side about one submission: neither can fill up what the other has room for.
MOST_COMMENTS: Final = 100
_REDIRECTS: Final = "redirect_uris"


class Item(StrEnum):
    """One line of the checklist."""

    OWNERS = "owners"
    PROOF = "proof"
    ADDRESSES = "addresses"
    KEYS = "keys"
    CERTIFICATE = "certificate"
    NOTICE = "notice"
    CONTACTS = "contacts"
    SCOPES = "scopes"
    AGREEMENT = "agreement"
    SIGN_IN = "sign_in"
    REFUSAL = "refusal"
    KEY_ROTATION = "key_rotation"
    LOGOUT = "logout"


class Mark(StrEnum):
    """How a line stands."""

    DONE = "done"
    MISSING = "missing"
    PROBLEM = "problem"
    NOT_NEEDED = "not_needed"


# What is found about keys has a line of its own.
OF_KEYS: Final = frozenset({"jwks", "jwks_uri"})
# So has what is found about the certificate.
OF_CERTIFICATE: Final = frozenset({"certificate_subject", "certificate_subject_kind"})


@dataclass(frozen=True)
class Tried:
    """When the sandbox application last did each by itself, within the last 30 days.

    `rotated`: our signing key changed within them; only then can there be a sign-in after it.
    """

    signed_in: datetime | None = None
    refused: datetime | None = None
    rotated: datetime | None = None
    signed_in_after_rotation: datetime | None = None
    heard_of_sign_out: datetime | None = None


@dataclass(frozen=True)
class Proof:
    """What shows who the organisation is, and since when."""

    kind: str
    value: str
    since: datetime | None


@dataclass(frozen=True)
class Facts:
    """All that the checklist looks at.

    `unfit`: the parts of the proposed registration that break a rule of a live one. `gives`: those
    that a draft named itself. `notice_was_asked`: the privacy notice of this very address was asked
    for; `notice_is_reachable`: it answered, not long ago; `notice_read_at`: somebody of the council
    read it in a browser then, not long ago. `tried`: none of a live application, whose sandbox
    showed all before it went live.
    """

    registration: Registration
    is_new: bool
    unfit: frozenset[str]
    gives: frozenset[str]
    shares_keys: bool
    owners: int
    council_is_owner: bool
    has_owners: bool
    proof: Proof | None
    is_proved: bool
    notice_was_asked: bool
    notice_is_reachable: bool
    notice_asked_at: datetime | None
    notice_read_at: datetime | None
    agreement_reference: str
    agreement_ends_on: date | None
    today: date
    tried: Tried | None

    @property
    def notice_was_read(self) -> bool:
        """Whether its privacy notice can be read, as we or somebody of the council saw."""
        return self.notice_is_reachable or self.notice_read_at is not None


def checklist(facts: Facts) -> dict[Item, Mark]:
    """Return how each line stands, in the order in which they are best done."""
    registration = facts.registration
    people = registration.kind is not Kind.SERVICE
    lines = {
        Item.OWNERS: _mark(done=facts.has_owners),
        Item.PROOF: _mark(done=facts.is_proved),
        Item.ADDRESSES: _addresses(facts),
        Item.KEYS: _keys(facts),
        Item.CERTIFICATE: _certificate(facts),
        Item.NOTICE: _mark(
            done=bool(registration.privacy_url) and facts.notice_was_read,
            needed=people,
            failed=facts.notice_was_asked,
        ),
        Item.CONTACTS: _mark(done=bool(registration.contacts)),
        Item.SCOPES: _mark(done=_explains_scopes(registration), needed=people),
        Item.AGREEMENT: _mark(
            done=_has_agreement(facts), failed=facts.agreement_ends_on is not None
        ),
    }
    return lines if facts.tried is None else {**lines, **_shown(registration, facts.tried)}


def _addresses(facts: Facts) -> Mark:
    unfit = bool(facts.unfit - OF_KEYS - OF_CERTIFICATE)
    # Those of the sandbox are never taken over: they are asked for, unless it has none at all.
    given = not facts.is_new or not returns(facts.registration.kind) or _REDIRECTS in facts.gives
    return _mark(done=given and not unfit, failed=given and unfit)


def _keys(facts: Facts) -> Mark:
    needed = facts.is_new and facts.registration.auth_method in KEYED_METHODS
    given = facts.registration.keys.are_given
    unfit = bool(facts.unfit & OF_KEYS) or facts.shares_keys
    return _mark(done=given and not unfit, needed=needed, failed=given and unfit)


def _certificate(facts: Facts) -> Mark:
    needed = facts.registration.auth_method == TLS_CLIENT_AUTH
    given = facts.registration.certificate != NO_CERTIFICATE
    unfit = bool(facts.unfit & OF_CERTIFICATE)
    return _mark(done=given and not unfit, needed=needed, failed=given and unfit)


def _shown(registration: Registration, tried: Tried) -> dict[Item, Mark]:
    """Return how the lines stand that the sandbox shows."""
    browser = returns(registration.kind)
    people = registration.kind is not Kind.SERVICE
    told = bool(registration.callbacks.backchannel_logout_uri)
    return {
        Item.SIGN_IN: _mark(done=bool(tried.signed_in), needed=browser),
        Item.REFUSAL: _mark(done=bool(tried.refused), needed=browser),
        Item.KEY_ROTATION: _mark(
            done=bool(tried.signed_in_after_rotation), needed=people and bool(tried.rotated)
        ),
        Item.LOGOUT: _mark(done=bool(tried.heard_of_sign_out), needed=browser and told),
    }


def gaps(lines: Mapping[Item, Mark]) -> list[Item]:
    """Return what is missing before it can be submitted."""
    return [item for item, mark in lines.items() if mark in {Mark.MISSING, Mark.PROBLEM}]


def _mark(*, done: bool, needed: bool = True, failed: bool = False) -> Mark:
    if not needed:
        return Mark.NOT_NEEDED
    if done:
        return Mark.DONE
    return Mark.PROBLEM if failed else Mark.MISSING


def _has_agreement(facts: Facts) -> bool:
    ends_on = facts.agreement_ends_on
    lasts = ends_on is not None and ends_on >= facts.today + SHORTEST_AGREEMENT
    return bool(facts.agreement_reference) and lasts


def _explains_scopes(registration: Registration) -> bool:
    return bool(registration.scopes) and all(
        scope.purpose and scope.lawful_basis and scope.retention for scope in registration.scopes
    )


class Refusal(StrEnum):
    """Why somebody may not sign a submission off."""

    NOT_WAITING = "not_waiting"
    MAY_NOT = "may_not"
    CHANGED = "changed"
    OWN_ORGANISATION = "own_organisation"
    SAME_PERSON = "same_person"
    ALREADY_DECIDED = "already_decided"
    ASKED_FOR_IT = "asked_for_it"
    REASON_MISSING = "reason_missing"


@dataclass(frozen=True)
class Answer:
    """What somebody wants to sign: as what, of which version, and whether it is a refusal."""

    kind: str
    version: int
    refuses: bool
    reason: str


@dataclass(frozen=True)
class Standing:
    """How a submission stands to somebody of the council at this moment."""

    is_waiting: bool
    version: int
    may_approve: bool
    is_member: bool
    is_submitter: bool
    signed: Collection[str]
    signed_by_them: bool


def why_not(answer: Answer, standing: Standing) -> Refusal | None:
    """Return why this answer does not count, if so."""
    reasons = {
        Refusal.OWN_ORGANISATION: standing.is_member,
        Refusal.ASKED_FOR_IT: standing.is_submitter,
        Refusal.MAY_NOT: not standing.may_approve,
        Refusal.NOT_WAITING: not standing.is_waiting,
        Refusal.CHANGED: answer.version != standing.version,
        Refusal.SAME_PERSON: standing.signed_by_them,
        Refusal.ALREADY_DECIDED: answer.kind in standing.signed,
        Refusal.REASON_MISSING: answer.refuses and not answer.reason.strip(),
    }
    return next((reason for reason, applies in reasons.items() if applies), None)
