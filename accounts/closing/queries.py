"""Reads how far the closing of an account is."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.closing import rules
from accounts.closing.rules import Facts, Standing
from accounts.models import Account, AccountClosing

_Reason = AccountClosing.Reason
_BY_OWNER = frozenset({_Reason.RESIDENT, _Reason.INACTIVE})


def of_account(account: Account) -> AccountClosing | None:
    """Return the account's closing that was not taken back, if there is one."""
    return _not_taken_back().filter(account=account).first()


def waiting(account: Account) -> AccountClosing | None:
    """Return the closing that its owner may still cancel, if one waits."""
    return _not_taken_back().filter(account=account, closed_at=None).first()


def standing_of(closing: AccountClosing) -> Standing:
    """Return how far it is now."""
    return rules.standing(facts_of(closing), now=timezone.now())


def facts_of(closing: AccountClosing) -> Facts:
    """Return what decides how far it is."""
    return Facts(
        closes_at=closing.closes_at,
        by_owner=closing.reason in _BY_OWNER,
        closed_at=closing.closed_at,
        reopen_until=closing.reopen_until,
        purged=closing.purged_at is not None,
    )


def reopenable(account: Account) -> AccountClosing | None:
    """Return the closing that its owner may undo by signing in, if the account has one."""
    if account.status != Account.Status.CLOSED:
        return None
    closing = of_account(account)
    is_so = closing is not None and standing_of(closing) is Standing.REOPENABLE
    return closing if is_so else None


def due_to_close(now: datetime) -> QuerySet[AccountClosing]:
    """Return the closings whose waiting time is over."""
    return _not_taken_back().filter(closed_at=None, closes_at__lte=now).order_by("closes_at", "pk")


def due_to_empty(now: datetime) -> QuerySet[AccountClosing]:
    """Return the closings that nobody can take back any more."""
    rows = _not_taken_back().filter(purged_at=None, reopen_until__lte=now)
    return rows.order_by("reopen_until", "pk")


def _not_taken_back() -> QuerySet[AccountClosing]:
    return AccountClosing.objects.filter(cancelled_at=None, reopened_at=None)
