"""Seals and tombstones are never changed; a tombstone alone lets events go."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import AuditEvent, AuditSeal, AuditTombstone

pytestmark = pytest.mark.django_db


def _seal() -> AuditSeal:
    positions = {"after_id": 0, "from_position": 0, "to_position": 5, "next_position": 5}
    now = timezone.now()
    return AuditSeal.objects.create(number=1, count=0, sealed_at=now, **positions)


def _tombstone(number: int = 1, *, to_position: int = 5, through_id: int = 5) -> AuditTombstone:
    return AuditTombstone.objects.create(
        number=number,
        first_seal=number,
        last_seal=number,
        after_id=0,
        to_position=to_position,
        through_id=through_id,
        count=0,
        purged_at=timezone.now(),
    )


@pytest.mark.parametrize("make", [_seal, _tombstone])
def test_neither_is_changed_or_removed(make: Callable[[], Any]) -> None:
    row = make()
    row.count = 7
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()


@pytest.mark.parametrize("table", ["auditseal", "audittombstone"])
def test_neither_table_can_be_emptied(table: str) -> None:
    _seal()
    _tombstone()
    verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{verb} accounts_{table}")


def test_events_go_by_a_tombstone_alone_and_only_those_that_it_covers() -> None:
    record(Event.ACCOUNT_SUSPENDED, by=OPERATOR, about=About(reason="fraud"))
    event = AuditEvent.objects.get()
    position = event.transaction_id if connection.vendor == "postgresql" else event.pk
    _is_kept()
    _tombstone(1, to_position=position, through_id=event.pk)
    _is_kept()
    _tombstone(2, to_position=position + 1, through_id=event.pk)
    AuditEvent.objects.all().delete()
    assert not AuditEvent.objects.exists()


def test_a_tombstone_from_before_a_move_covers_no_event_after_it() -> None:
    record(Event.ACCOUNT_SUSPENDED, by=OPERATOR, about=About(reason="fraud"))
    event = AuditEvent.objects.get()
    end = event.transaction_id + 100 if connection.vendor == "postgresql" else event.pk
    _tombstone(to_position=end, through_id=event.pk - 1)
    _is_kept()


def _is_kept() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_only_the_owner_of_the_log_writes_a_tombstone() -> None:
    if connection.vendor == "postgresql":  # SQLite has no roles
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE borough_server")
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO borough_server")
            cursor.execute("SET ROLE borough_server")
            with pytest.raises(DatabaseError, match="only the owner"), transaction.atomic():
                _tombstone()
            cursor.execute("RESET ROLE")
    assert _tombstone().pk == 1
