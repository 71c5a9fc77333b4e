"""A log for tests: events of transactions that ended, and somebody who goes behind our back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from accounts.audit import keys
from accounts.audit.events import Event
from accounts.audit.sealing import operations, positions
from accounts.audit.sealing.positions import Horizon
from accounts.audit.verifying import queries
from accounts.audit.verifying.queries import Report
from accounts.models import AuditEvent, AuditSeal

_TABLES = ("accounts_auditevent", "accounts_auditseal", "accounts_audittombstone")
# Far from the numbers of the transactions that tests run in, and below them.
LATEST = 400


def happen(count: int = 1, *, at: datetime | None = None) -> list[int]:
    """Let things happen, each in a transaction of its own that has ended; return their ids."""
    newest = AuditEvent.objects.filter(transaction_id__lt=LATEST)
    after = newest.aggregate(last=Max("transaction_id"))["last"] or 0
    return [one(after + number, at=at) for number in range(1, count + 1)]


def one(transaction_id: int, **columns: Any) -> int:
    """Let one thing happen in the transaction of this number."""
    columns["at"] = columns.get("at") or timezone.now()
    event = AuditEvent(transaction_id=transaction_id, event=Event.SESSION_STARTED, **columns)
    event.actor_kind = "resident"
    event.detail = {"way": "passkey", "tries": 2}
    event.save(force_insert=True)
    return event.pk


def seal(monkeypatch: pytest.MonkeyPatch) -> list[AuditSeal]:
    """Seal what happened; the test's own transaction, which never ends, is left out."""
    if connection.vendor == "postgresql":
        rows = AuditEvent.objects.filter(transaction_id__lt=LATEST)
        end = (rows.aggregate(last=Max("transaction_id"))["last"] or 0) + 1
        monkeypatch.setattr(positions, "horizon", lambda: Horizon(end, end))
    return operations.seal()


def verify(**how: Any) -> Report:
    """Verify with the public keys of the settings."""
    return queries.verify(public=keys.public(), **how)


def troubles(**how: Any) -> list[tuple[str, int, int, int]]:
    """Verify, and return what is wrong and where: seal, event, other."""
    found = verify(**how).findings
    return [(each.trouble.value, each.seal, each.event, each.other) for each in found]


@contextmanager
def behind_our_back() -> Iterator[None]:
    """Be somebody who owns the database: no trigger stops them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
            "AND tbl_name IN (%s, %s, %s)",
            _TABLES,
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def ago(**how: float) -> datetime:
    """Return a time so long ago."""
    return timezone.now() - timedelta(**how)
