"""Whose tries a code counts among: a stranger with the password uses up none of the owner's."""

from dataclasses import dataclass
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
    Limit,
)
from accounts.models import Account, PendingSignIn
from accounts.signin.new_browsers import is_own

_STRANGERS: Final = (SECOND_STEP, SECOND_STEP_DAILY)
_MAILED: Final = (SECOND_STEP_MAILED, SECOND_STEP_MAILED_DAILY)
_OWN: Final = (SECOND_STEP_OWN, SECOND_STEP_OWN_DAILY)


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
    limit_pair, known = _whose(account, place)
    of = {"account": str(account.pk), "way": method.value, "network": place.network}
    of["browser"] = known
    near, daily = ((limit, tuple(of[key] for key in limit.counts_by)) for limit in limit_pair)
    return Counts(near, daily)


def _whose(account: Account, place: Place) -> tuple[tuple[Limit, Limit], str]:
    if has_mailbox(account, place.flow):
        return _MAILED, ""
    if place.is_remembered or is_own(account, place.browser):
        return _OWN, place.browser
    return _STRANGERS, ""


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
