"""What must be there before the council looks at a submission, and who may sign it off."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from clients.applications.registration import Kind, Registration

# A notice may move: what was reachable a while ago is asked for again.
NOTICE_COUNTS_FOR: Final = timedelta(days=30)
# An agreement that ends within days would stop the application as soon as residents use it.
SHORTEST_AGREEMENT: Final = timedelta(days=30)
LONGEST_TEXT: Final = 2000
LONGEST_REASON: Final = 1000


class Item(StrEnum):
    """One line of the checklist."""

    OWNERS = "owners"
    PROOF = "proof"
    NOTICE = "notice"
    CONTACTS = "contacts"
    AGREEMENT = "agreement"
    ADDRESSES = "addresses"
    SCOPES = "scopes"
    SIGN_IN = "sign_in"
    REFUSAL = "refusal"
    KEY_ROTATION = "key_rotation"
    LOGOUT = "logout"


class Mark(StrEnum):
    """How a line stands."""

    DONE = "done"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Tried:
    """What the sandbox application did by itself in the last 30 days.

    `rotated`: our signing key changed within them; only then can there be a sign-in after it.
    """

    signed_in: bool = False
    refused: bool = False
    rotated: bool = False
    signed_in_after_rotation: bool = False
    heard_of_sign_out: bool = False


@dataclass(frozen=True)
class Facts:
    """All that the checklist looks at.

    `notice_is_reachable`: the privacy notice of this very address was, not long ago. `is_fit`: the
    proposed registration breaks no rule of a live one.
    """

    registration: Registration
    is_fit: bool
    has_owners: bool
    is_proved: bool
    notice_is_reachable: bool
    agreement_reference: str
    agreement_ends_on: date | None
    today: date
    tried: Tried


def checklist(facts: Facts) -> dict[Item, Mark]:
    """Return how each line stands, in the order in which they are best done."""
    registration, tried = facts.registration, facts.tried
    browser = registration.kind not in {Kind.SERVICE, Kind.DEVICE}
    people = registration.kind is not Kind.SERVICE
    told = bool(registration.callbacks.backchannel_logout_uri)
    return {
        Item.OWNERS: _mark(done=facts.has_owners),
        Item.PROOF: _mark(done=facts.is_proved),
        Item.CONTACTS: _mark(done=bool(registration.contacts)),
        Item.NOTICE: _mark(
            done=bool(registration.privacy_url) and facts.notice_is_reachable, needed=people
        ),
        Item.AGREEMENT: _mark(done=_has_agreement(facts)),
        Item.ADDRESSES: _mark(done=facts.is_fit),
        Item.SCOPES: _mark(done=_explains_scopes(registration), needed=people),
        Item.SIGN_IN: _mark(done=tried.signed_in, needed=browser),
        Item.REFUSAL: _mark(done=tried.refused, needed=browser),
        Item.KEY_ROTATION: _mark(
            done=tried.signed_in_after_rotation, needed=people and tried.rotated
        ),
        Item.LOGOUT: _mark(done=tried.heard_of_sign_out, needed=browser and told),
    }


def gaps(lines: Mapping[Item, Mark]) -> list[Item]:
    """Return what is missing before it can be submitted."""
    return [item for item, mark in lines.items() if mark is Mark.MISSING]


def _mark(*, done: bool, needed: bool = True) -> Mark:
    if not needed:
        return Mark.NOT_NEEDED
    return Mark.DONE if done else Mark.MISSING


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
    is_member: bool
    is_submitter: bool
    signed: Collection[str]
    signed_by_them: bool


def why_not(answer: Answer, standing: Standing) -> Refusal | None:
    """Return why this answer does not count, if so."""
    reasons = {
        Refusal.OWN_ORGANISATION: standing.is_member,
        Refusal.ASKED_FOR_IT: standing.is_submitter,
        Refusal.NOT_WAITING: not standing.is_waiting,
        Refusal.CHANGED: answer.version != standing.version,
        Refusal.SAME_PERSON: standing.signed_by_them,
        Refusal.ALREADY_DECIDED: answer.kind in standing.signed,
        Refusal.REASON_MISSING: answer.refuses and not answer.reason.strip(),
    }
    return next((reason for reason, applies in reasons.items() if applies), None)
