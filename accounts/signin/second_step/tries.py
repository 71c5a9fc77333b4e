"""Whose tries a code or text counts among: a stranger with the password uses up no owner's."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from accounts.assurance import Method
from accounts.limits import operations as limits
from accounts.limits.operations import Verdict
from accounts.limits.table import (
    SECOND_STEP,
    SECOND_STEP_DAILY,
    SECOND_STEP_MAILED,
    SECOND_STEP_MAILED_DAILY,
    SECOND_STEP_OWN,
    SECOND_STEP_OWN_DAILY,
    TEXT_MESSAGE,
    TEXT_MESSAGE_DAILY,
    TEXT_MESSAGE_MAILED,
    TEXT_MESSAGE_MAILED_DAILY,
    TEXT_MESSAGE_OWN,
    TEXT_MESSAGE_OWN_DAILY,
    Limit,
)
from accounts.models import Account, PendingSignIn
from accounts.signin.new_browsers import is_own


class _Whose(Enum):
    """Who is at the second step, by what they showed beside the password."""

    STRANGER = "stranger"
    MAILBOX = "mailbox"
    OWN_BROWSER = "own_browser"


_Limits = dict[_Whose, tuple[Limit, Limit]]
_CODES: Final[_Limits] = {
    _Whose.STRANGER: (SECOND_STEP, SECOND_STEP_DAILY),
    _Whose.MAILBOX: (SECOND_STEP_MAILED, SECOND_STEP_MAILED_DAILY),
    _Whose.OWN_BROWSER: (SECOND_STEP_OWN, SECOND_STEP_OWN_DAILY),
}
_TEXTS: Final[_Limits] = {
    _Whose.STRANGER: (TEXT_MESSAGE, TEXT_MESSAGE_DAILY),
    _Whose.MAILBOX: (TEXT_MESSAGE_MAILED, TEXT_MESSAGE_MAILED_DAILY),
    _Whose.OWN_BROWSER: (TEXT_MESSAGE_OWN, TEXT_MESSAGE_OWN_DAILY),
}


@dataclass(frozen=True)
class Place:
    """Where a code is typed: the network, what stands for the browser, and the sign-in.

    `is_remembered`: the browser is one that the account's owner had us remember.
    """

    network: str
    browser: str
    flow: PendingSignIn
    is_remembered: bool = False


@dataclass(frozen=True)
class Counts:
    """What one more try counts against, the nearest first."""

    near: tuple[Limit, tuple[str, ...]]
    daily: tuple[Limit, tuple[str, ...]]


def counts(account: Account, method: Method, place: Place) -> Counts:
    """Return what a try at this way of the account counts against."""
    return _counts(_CODES, account, method, place)


def counts_of_text(account: Account, place: Place) -> Counts:
    """Return what one more text message to the account's number counts against."""
    return _counts(_TEXTS, account, Method.TEXT_MESSAGE, place)


def _counts(limits_by: _Limits, account: Account, method: Method, place: Place) -> Counts:
    of = {
        "account": str(account.pk),
        "way": method.value,
        "network": place.network,
        "browser": place.browser,
    }
    pair = limits_by[_whose(account, place)]
    near, daily = ((limit, tuple(of[key] for key in limit.counts_by)) for limit in pair)
    return Counts(near, daily)


def _whose(account: Account, place: Place) -> _Whose:
    if has_mailbox(account, place.flow):
        return _Whose.MAILBOX
    if place.is_remembered or is_own(account, place.browser):
        return _Whose.OWN_BROWSER
    return _Whose.STRANGER


def has_mailbox(account: Account, flow: PendingSignIn) -> bool:
    """Say whether the account's mail was read in this sign-in."""
    return flow.mailbox_proved_key == account.sign_in_key


def count(found: Counts) -> Verdict:
    """Count one try; one that is stopped nearby does not use up the day's."""
    near = limits.hit(found.near[0], *found.near[1])
    return limits.hit(found.daily[0], *found.daily[1]) if near.allowed else near


def forget(found: Counts) -> None:
    """Let whoever was right mistype again."""
    limits.clear(found.near[0], *found.near[1])
