"""Somebody signs in at the moment at which the nightly job closes their unused account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any, Final
from unittest.mock import patch
from uuid import uuid4

from django.db import connections
from django.test import override_settings
from django.utils import timezone

from accounts.audit.actor import SYSTEM, resident
from accounts.closing import operations as closings
from accounts.models import Account, Inactivity, OutboundMessage, Session, TextMessage
from accounts.sessions import operations as sessions
from accounts.sessions.operations import AccountChangedError
from accounts.unused import operations as unused
from accounts.unused.rules import Due
from tests import factories
from tests.factories import people

_YEAR: Final = timedelta(days=366)
_NOTICE: Final = timedelta(days=90)


def sign_in_beside_closing(first: str) -> dict[str, str | int]:
    """Begin one when the other holds the account; say how both went and what is left."""
    account, now = _due_to_close(), timezone.now()

    def close() -> Due:
        with override_settings(UNUSED_YEARS=5, UNUSED_CLOSING_YEARS=5):
            return unused.check(account=account, now=now, by=SYSTEM)

    if first == "sign-in":
        signed_in, done = _beside(sessions, "_create", lambda: _signs_in(account), close)
    else:
        done, signed_in = _beside(closings, "close_unused", close, lambda: _signs_in(account))
    account.refresh_from_db()
    return {
        "signed_in": signed_in,
        "done": done,
        "status": account.status,
        "sessions": Session.objects.filter(account=account, ended_at=None).count(),
        "told": Inactivity.objects.filter(account=account).count(),
    }


def _signs_in(account: Account) -> bool:
    try:
        by = resident(account)
        sessions.start(account=account, proven=people.proven(), replaces=None, by=by)
    except AccountChangedError:
        return False
    return True


def _due_to_close() -> Account:
    """Return an account whose owner was told the day in two ways, and the day has come."""
    now = timezone.now()
    account = factories.account(f"{uuid4()}@example.org")
    long_ago = now - 10 * _YEAR
    Account.objects.filter(pk=account.pk).update(created_at=long_ago, use_checked_from=long_ago)
    Inactivity.objects.create(
        account=account,
        told_at=now - 2 * _YEAR,
        told_again_at=now - _YEAR,
        announced_at=now - _NOTICE,
        closes_at=now,
    )
    sent = {"account": account, "language": "en-gb", "state": "sent"}
    OutboundMessage.objects.create(template="account_closes", **sent)
    TextMessage.objects.create(kind="account_closes", number="+447700900123", **sent)
    return account


def _beside(
    module: Any,  # noqa: ANN401 - whose function is slowed down
    name: str,
    first: Callable[[], Any],
    second: Callable[[], Any],
) -> tuple[Any, Any]:
    """Begin the second when the first has the account's lock and is in this function."""
    locked, real = Event(), getattr(module, name)

    def slowly(**columns: Any) -> Any:  # noqa: ANN401 - whatever it returns
        locked.set()
        # Time for the other to ask for the lock; it cannot have it before this one is done.
        Event().wait(timeout=1)
        return real(**columns)

    with patch.object(module, name, slowly), ThreadPoolExecutor(2) as pool:
        begun = pool.submit(_in_thread, first)
        assert locked.wait(timeout=10)
        other = pool.submit(_in_thread, second)
        return begun.result(timeout=30), other.result(timeout=30)


def _in_thread(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    try:
        return work()
    finally:
        connections.close_all()
