"""Who may decide what somebody else asked for, until when, and what stops a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

TARGET: Final = timedelta(hours=2)
LASTS: Final = timedelta(days=7)


class Refusal(StrEnum):
    """Why something is not asked for, or not decided."""

    DECIDED = "request_decided"
    EXPIRED = "request_expired"
    ASKER_STOPPED = "request_asker_stopped"
    ASKER_MAY_NOT_LOOK = "request_asker_may_not_look"
    OWN_REQUEST = "own_request"
    SAME_PERSON = "request_same_person"
    OWN_RECORD = "own_record"
    OWN_DECISION = "own_decision"
    ASKED_ALREADY = "request_asked_already"
    OTHERS_THERE = "request_others_there"
    NOT_SUSPENDED = "account_not_suspended"
    NO_MAILBOX = "account_without_safe_email"
    PROTECTED = "protected_account"
    SAME_ADDRESS = "address_of_the_account"
    STAFF_ADDRESS = "address_of_staff"
    NOT_ACTIVE = "account_not_active"
    HELD = "contacts_held"
    STALE = "addresses_changed_since"
    NOT_POSSIBLE = "recovery_not_possible"


class Reason(StrEnum):
    """Why somebody decides so."""

    CHECKED = "checked"
    NOT_SURE = "not_sure"
    OTHER_WAY = "other_way"
    PRESSED = "pressed"
    MISTAKE = "mistake"
    SETTLED = "settled"
    STILL_RISK = "still_risk"


class Ground(StrEnum):
    """Why an account is suspended, which an appeal looks at again."""

    TAKEN_OVER = "taken_over"
    MISUSE = "misuse"
    COURT_OR_POLICE = "court_or_police"
    NOT_REAL = "not_real"


class Evidence(StrEnum):
    """What the asker saw or heard of whoever asks: its kind, never what stands in it."""

    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    OTHER_PHOTO_CARD = "other_photo_card"
    BIRTH_OR_MARRIAGE = "birth_or_marriage"
    COUNCIL_LETTER = "council_letter"
    BILL_OR_BANK = "bill_or_bank"
    KNOWN_TO_OFFICER = "known_to_officer"
    ACCOUNT_CODE = "account_code"
    CALLED_BACK = "called_back"


_PAPERS: Final = (
    *(Evidence.PASSPORT, Evidence.DRIVING_LICENCE, Evidence.OTHER_PHOTO_CARD),
    *(Evidence.BIRTH_OR_MARRIAGE, Evidence.COUNCIL_LETTER, Evidence.BILL_OR_BANK),
)


def fitting_evidence(*, known_by: str, was_rung_back: bool) -> tuple[Evidence, ...]:
    """Return what the asker can have seen or heard, as the help session tells it.

    Nobody sees papers by phone, nor hears a code that was never typed.
    """
    return (
        *(_PAPERS if known_by == "counter" else ()),
        Evidence.KNOWN_TO_OFFICER,
        *((Evidence.ACCOUNT_CODE,) if known_by == "account_code" else ()),
        *((Evidence.CALLED_BACK,) if was_rung_back else ()),
    )


# The reasons to choose from, and whether each agrees.
RESET_REASONS: Final[Mapping[Reason, bool]] = {
    Reason.CHECKED: True,
    Reason.NOT_SURE: False,
    Reason.OTHER_WAY: False,
    Reason.PRESSED: False,
}
EMAIL_REASONS: Final = RESET_REASONS
APPEAL_REASONS: Final[Mapping[Reason, bool]] = {
    Reason.MISTAKE: True,
    Reason.SETTLED: True,
    Reason.STILL_RISK: False,
    Reason.NOT_SURE: False,
}


@dataclass(frozen=True)
class Waiting:
    """A request as it is now: whether its time is over, and whether its asker still counts.

    `may_asker_look`: it has not turned out to be the asker's own account, or a colleague's.
    """

    is_decided: bool
    is_expired: bool
    is_asker_at_work: bool
    may_asker_look: bool


@dataclass(frozen=True)
class Decider:
    """How whoever decides stands to a request.

    `may_be_asker`: by another account of theirs. `did_it`: what is appealed against was theirs.
    """

    is_asker: bool
    may_be_asker: bool
    is_owner: bool
    did_it: bool


def why_over(request: Waiting) -> Refusal | None:
    """Return why nobody can decide the request any more, or None if somebody can."""
    reasons = {
        Refusal.DECIDED: request.is_decided,
        Refusal.EXPIRED: request.is_expired,
        Refusal.ASKER_STOPPED: not request.is_asker_at_work,
        Refusal.ASKER_MAY_NOT_LOOK: not request.may_asker_look,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def refusal_to_decide(request: Waiting, by: Decider) -> Refusal | None:
    """Return why this person may not decide the request, or None if they may."""
    reasons = {
        Refusal.OWN_REQUEST: by.is_asker,
        Refusal.SAME_PERSON: by.may_be_asker,
        Refusal.OWN_RECORD: by.is_owner,
        Refusal.OWN_DECISION: by.did_it,
    }
    personal = next((reason for reason, applies in reasons.items() if applies), None)
    return why_over(request) or personal
