"""Reads what stands in the way of an act now: no list offers what would only be refused."""

from collections.abc import Callable, Mapping
from typing import Final

from accounts.freezing import queries as freezing
from accounts.models import Account, RecoveryRequest
from accounts.profile.emails.changes.queries import open_change
from accounts.recovery import queries as recoveries
from idp.console.acts.rules import Refusal
from idp.console.acts.table import ACTS, Act
from idp.console.requests.queries import agreed_wait, refusal_to_ask
from idp.console.requests.rules import Refusal as RequestRefusal
from idp.models import HelpSession, StaffRequest

_PAUSED: Final = RecoveryRequest.State.PAUSED


def refusal_now(
    act: Act, help_session: HelpSession, account: Account
) -> Refusal | RequestRefusal | None:
    """Return why the act could not be done as things are, or None if it may be tried.

    The act itself asks again, its rows held: this is for whoever has not chosen it yet.
    """
    if ACTS[act].needs_two:
        return refusal_to_ask(StaffRequest.Act(act), help_session, account)
    read = _REFUSALS.get(act)
    return read(account, help_session) if read is not None else None


def _to_freeze(account: Account, _help_session: HelpSession) -> Refusal | None:
    if account.status == Account.Status.CLOSED:
        return Refusal.CLOSED
    return Refusal.FROZEN_ALREADY if freezing.in_force(account) is not None else None


def _to_give_code(account: Account, help_session: HelpSession) -> Refusal | None:
    agreed = agreed_wait(account)
    if agreed is not None and agreed.state != _PAUSED:
        return None
    if not _is_at_counter(help_session):
        return Refusal.NOT_AT_COUNTER if agreed is None else Refusal.STOPPED
    return Refusal.CLOSED if account.status == Account.Status.CLOSED else None


def _to_resume(account: Account, help_session: HelpSession) -> Refusal | None:
    found = recoveries.latest_of(account)
    if found is None:
        return Refusal.NO_RECOVERY
    if found.state != _PAUSED:
        return Refusal.NOT_STOPPED
    return None if _is_at_counter(help_session) else Refusal.PAPERS_NEEDED


def _to_cancel(account: Account, _help_session: HelpSession) -> Refusal | None:
    return Refusal.NO_RECOVERY if recoveries.latest_of(account) is None else None


def _to_cancel_email_change(account: Account, _help_session: HelpSession) -> Refusal | None:
    return Refusal.NO_EMAIL_CHANGE if open_change(account) is None else None


def _to_suspend(account: Account, _help_session: HelpSession) -> Refusal | None:
    if account.status == Account.Status.SUSPENDED:
        return Refusal.SUSPENDED_ALREADY
    return Refusal.CLOSED if account.status == Account.Status.CLOSED else None


def _is_at_counter(help_session: HelpSession) -> bool:
    return help_session.known_by == HelpSession.Known.COUNTER


_REFUSALS: Final[Mapping[Act, Callable[[Account, HelpSession], Refusal | None]]] = {
    Act.FREEZE: _to_freeze,
    Act.GIVE_CODE: _to_give_code,
    Act.RESUME_RECOVERY: _to_resume,
    Act.CANCEL_RECOVERY: _to_cancel,
    Act.CANCEL_EMAIL_CHANGE: _to_cancel_email_change,
    Act.SUSPEND: _to_suspend,
}
