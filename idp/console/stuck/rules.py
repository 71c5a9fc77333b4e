"""Decides why somebody is stuck, from what happened in their browser or to their mail. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """Why somebody gets no further, as far as it can be seen without knowing who they are."""

    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_FROZEN = "account_frozen"
    RECOVERY_WAITING = "recovery_waiting"
    RECOVERY_PAUSED = "recovery_paused"
    SERVICE_SUSPENDED = "service_suspended"
    SERVICE_ENDED = "service_ended"
    LEVEL_OUT_OF_REACH = "level_out_of_reach"
    MAIL_BOUNCED = "mail_bounced"
    LINK_EXPIRED = "link_expired"
    LINK_SPENT = "link_spent"
    SLOWED_DOWN = "slowed_down"
    ASKED_TO_WAIT = "asked_to_wait"
    WAY_LOST = "way_lost"
    ANOTHER_WAY_LEFT = "another_way_left"
    SECOND_ACCOUNT = "second_account"
    MAIL_UNOPENED = "mail_unopened"
    MAIL_IN_HAND = "mail_in_hand"
    MAIL_ON_ITS_WAY = "mail_on_its_way"
    NOT_RIGHT = "not_right"
    PAGE_TOO_OLD = "page_too_old"
    SEVERAL_ACCOUNTS = "several_accounts"
    NOTHING_HERE = "nothing_here"
    NOTHING_WRONG = "nothing_wrong"


class Next(StrEnum):
    """What helps: something that staff do here, or only what they tell the caller."""

    SEND_AGAIN = "send_again"
    LIFT_LIMITS = "lift_limits"
    START_RECOVERY = "start_recovery"
    CHECK_WHO = "check_who"
    ASK_NAME = "ask_name"
    TELL = "tell"


class Mail(StrEnum):
    """What became of the newest mail that somebody waits for.

    In hand: nothing was done with it yet by whoever reads its help code out.
    """

    ON_ITS_WAY = "on_its_way"
    UNOPENED = "unopened"
    IN_HAND = "in_hand"
    BOUNCED = "bounced"
    EXPIRED = "expired"
    SPENT = "spent"


class Status(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    FROZEN = "frozen"
    CLOSED = "closed"


@dataclass(frozen=True)
class Step:
    """One step of the trail: the name of a page, and the named reason for what happened on it."""

    page: str
    reason: str


@dataclass(frozen=True)
class Person:
    """What decides of an account; nothing of it is shown but the cause.

    `spare_ways`: whether there is more than one thing to do a second step with.
    """

    status: Status
    recovery_waits: bool = False
    recovery_paused: bool = False
    owes_second_step: bool = False
    spare_ways: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known; `steps` the oldest first. `found`: accounts under the mailbox that was typed.

    `is_stopped`: a page refuses them now, which staff may lift; `is_limited`: no further mail goes
    out to them. `lost_way`: that they lost one is why they call.
    """

    steps: tuple[Step, ...] = ()
    mail: Mail | None = None
    person: Person | None = None
    found: int | None = None
    is_stopped: bool = False
    is_limited: bool = False
    lost_way: bool = False


_BY_STATUS: Final[Mapping[Status, Cause]] = {
    Status.SUSPENDED: Cause.ACCOUNT_SUSPENDED,
    Status.CLOSED: Cause.ACCOUNT_CLOSED,
    Status.FROZEN: Cause.ACCOUNT_FROZEN,
}
_BY_REASON: Final[Mapping[str, Cause]] = {
    "sign_in_account_suspended": Cause.ACCOUNT_SUSPENDED,
    "sign_in_account_closed": Cause.ACCOUNT_CLOSED,
    "not_active": Cause.SERVICE_SUSPENDED,
    "application_not_usable": Cause.SERVICE_SUSPENDED,
    "application_ended": Cause.SERVICE_ENDED,
    "unmet_authentication_requirements": Cause.LEVEL_OUT_OF_REACH,
    "expired": Cause.LINK_EXPIRED,
    "used": Cause.LINK_SPENT,
    "overtaken": Cause.LINK_SPENT,
    "sign_in_too_many_tries": Cause.SLOWED_DOWN,
    "sign_in_another_way": Cause.SLOWED_DOWN,
    "asked_to_wait": Cause.ASKED_TO_WAIT,
    "status_429": Cause.ASKED_TO_WAIT,
    "second_step_too_many_tries": Cause.ASKED_TO_WAIT,
    "sign_in_not_right": Cause.NOT_RIGHT,
    "second_step_not_right": Cause.NOT_RIGHT,
    "flow_expired": Cause.PAGE_TOO_OLD,
    "request_expired": Cause.PAGE_TOO_OLD,
    "request_used": Cause.PAGE_TOO_OLD,
}
_BY_PAGE: Final[Mapping[str, Cause]] = {
    "signin:frozen": Cause.ACCOUNT_FROZEN,
    "signin:closed": Cause.ACCOUNT_CLOSED,
    "mfa:needed": Cause.LEVEL_OUT_OF_REACH,
    "authorize:give_up": Cause.LEVEL_OUT_OF_REACH,
}
_BY_MAIL: Final[Mapping[Mail, Cause]] = {
    Mail.BOUNCED: Cause.MAIL_BOUNCED,
    Mail.EXPIRED: Cause.LINK_EXPIRED,
    Mail.SPENT: Cause.LINK_SPENT,
    Mail.UNOPENED: Cause.MAIL_UNOPENED,
    Mail.IN_HAND: Cause.MAIL_IN_HAND,
    Mail.ON_ITS_WAY: Cause.MAIL_ON_ITS_WAY,
}
NEXT: Final[Mapping[Cause, Next]] = {
    Cause.ACCOUNT_SUSPENDED: Next.CHECK_WHO,
    Cause.ACCOUNT_CLOSED: Next.CHECK_WHO,
    Cause.ACCOUNT_FROZEN: Next.TELL,
    Cause.RECOVERY_WAITING: Next.TELL,
    Cause.RECOVERY_PAUSED: Next.CHECK_WHO,
    Cause.SERVICE_SUSPENDED: Next.TELL,
    Cause.SERVICE_ENDED: Next.TELL,
    Cause.LEVEL_OUT_OF_REACH: Next.TELL,
    Cause.MAIL_BOUNCED: Next.TELL,
    Cause.LINK_EXPIRED: Next.SEND_AGAIN,
    Cause.LINK_SPENT: Next.SEND_AGAIN,
    Cause.SLOWED_DOWN: Next.LIFT_LIMITS,
    Cause.ASKED_TO_WAIT: Next.TELL,
    Cause.WAY_LOST: Next.START_RECOVERY,
    Cause.ANOTHER_WAY_LEFT: Next.TELL,
    Cause.SECOND_ACCOUNT: Next.TELL,
    Cause.MAIL_UNOPENED: Next.SEND_AGAIN,
    Cause.MAIL_IN_HAND: Next.TELL,
    Cause.MAIL_ON_ITS_WAY: Next.TELL,
    Cause.NOT_RIGHT: Next.START_RECOVERY,
    Cause.PAGE_TOO_OLD: Next.TELL,
    Cause.SEVERAL_ACCOUNTS: Next.ASK_NAME,
    Cause.NOTHING_HERE: Next.TELL,
    Cause.NOTHING_WRONG: Next.TELL,
}
_SECOND_STEP: Final = "signin:second_step"
_SIGN_UP: Final = "signup:"


def why(facts: Facts) -> Cause:
    """Return why they are stuck: what stops the account first, then what happened last."""
    return (
        _by_account(facts)
        or _by_trail(facts)
        # What became of a mail says nothing while nobody knows which of them waits for it.
        or (Cause.SEVERAL_ACCOUNTS if (facts.found or 0) > 1 else None)
        or (Cause.MAIL_BOUNCED if facts.mail is Mail.BOUNCED else None)
        or (Cause.SLOWED_DOWN if facts.is_stopped else None)
        or _by_mail(facts)
        or (Cause.SLOWED_DOWN if facts.is_limited else None)
        or (Cause.NOTHING_HERE if facts.found == 0 else None)
        or Cause.NOTHING_WRONG
    )


def _by_account(facts: Facts) -> Cause | None:
    person = facts.person
    if person is None:
        return None
    if stopped := _BY_STATUS.get(person.status):
        return stopped
    if person.recovery_paused:
        return Cause.RECOVERY_PAUSED
    return Cause.RECOVERY_WAITING if person.recovery_waits else _by_ways(facts, person)


def _by_ways(facts: Facts, person: Person) -> Cause | None:
    """Return what follows for somebody who lost a way, or stands before the second step."""
    last = facts.steps[-1].page if facts.steps else ""
    if not person.owes_second_step or not (facts.lost_way or last.startswith(_SECOND_STEP)):
        return None
    return Cause.ANOTHER_WAY_LEFT if person.spare_ways else Cause.WAY_LOST


def _by_trail(facts: Facts) -> Cause | None:
    if _made_another(facts.steps):
        return Cause.SECOND_ACCOUNT
    for step in reversed(facts.steps):
        found = _BY_REASON.get(step.reason) or _BY_PAGE.get(step.page)
        if found is not None:
            return found
        if step.reason == "signed_in":
            return None
    return None


def _made_another(steps: tuple[Step, ...]) -> bool:
    """Say whether a sign-in went wrong, and then somebody signed up in the same browser."""
    wrong = [at for at, step in enumerate(steps) if step.reason == "sign_in_not_right"]
    made = [at for at, step in enumerate(steps) if step.page.startswith(f"{_SIGN_UP}details")]
    return bool(wrong and made) and wrong[0] < made[-1]


def _by_mail(facts: Facts) -> Cause | None:
    return _BY_MAIL[facts.mail] if facts.mail is not None else None
