"""The oldest events go by whole seals, under a tombstone that nobody forges."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.audit.purging import operations
from accounts.models import AuditEvent, AuditSeal, AuditTombstone
from tests.accounts.audit import log

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[int]:
    """Return the ids of six events in three seals: of ten, nine and one days ago."""
    settings.AUDIT_KEPT = timedelta(days=5)
    monkeypatch.setattr("accounts.audit.verifying.events._CLOCKS", timedelta(days=30))
    happened = []
    for days in (10, 9, 1):
        happened += log.happen(2, at=log.ago(days=days))
        log.seal(monkeypatch)
    return happened


def _left() -> list[int]:
    rows = AuditEvent.objects.filter(event="account:session:started")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def test_whole_seals_go_and_the_rest_stays_whole(events: list[int]) -> None:
    tombstone = operations.purge(before=log.ago(days=8), by=OPERATOR)
    assert (tombstone.first_seal, tombstone.last_seal, tombstone.count) == (1, 2, 4)
    assert _left() == events[4:]
    report = log.verify()
    assert report.findings == []
    assert (report.seals, report.events, report.purged) == (3, 2, 4)
    recorded = AuditEvent.objects.get(event="provider:audit:purged")
    assert recorded.detail == {"first_seal": 1, "last_seal": 2, "events": 4}


def test_a_seal_with_a_younger_event_stays(events: list[int]) -> None:
    operations.purge(before=log.ago(days=9.5), by=OPERATOR)
    assert _left() == events[2:]
    with pytest.raises(operations.NothingToPurgeError):
        operations.purge(before=log.ago(days=9.5), by=OPERATOR)
    second = operations.purge(before=log.ago(days=8), by=OPERATOR)
    assert (second.number, second.first_seal, second.last_seal) == (2, 2, 2)
    assert log.troubles() == []


def test_what_must_be_kept_is_kept(events: list[int]) -> None:
    with pytest.raises(operations.TooYoungError):
        operations.purge(before=log.ago(days=4), by=OPERATOR)
    assert _left() == events


def test_purging_hides_nothing_that_was_done_before(events: list[int]) -> None:
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[1]).update(reason="x")
    with pytest.raises(operations.NotWholeError):
        operations.purge(before=log.ago(days=8), by=OPERATOR)
    assert _left() == events
    assert not AuditTombstone.objects.exists()


def test_a_tombstone_covers_no_event_but_those_of_its_seals(events: list[int]) -> None:
    operations.purge(before=log.ago(days=8), by=OPERATOR)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=events[4]).delete()
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[4]).delete()
    assert log.troubles() == [("event_removed", 3, events[4], 0)]


def test_an_event_that_is_put_back_is_found(events: list[int]) -> None:
    operations.purge(before=log.ago(days=8), by=OPERATOR)
    log.one(1, id=events[0])
    assert log.troubles() == [("purged_event_there", 1, events[0], 0)]


def test_a_tombstone_that_nobody_signed_hides_nothing(events: list[int]) -> None:
    last = AuditSeal.objects.get(number=1)
    position = last.to_position
    AuditTombstone.objects.create(
        number=1,
        first_seal=1,
        last_seal=1,
        last_seal_hash=last.hash,
        after_id=0,
        to_position=position,
        through_id=events[1],
        count=2,
        purged_at=log.ago(days=1),
        actor_kind="operator",
        key_id="1",
    )
    AuditEvent.objects.filter(pk__in=events[:2]).delete()
    assert log.troubles() == [
        ("tombstone_forged", 1, 0, 1),
        ("event_removed", 1, events[0], 0),
        ("event_removed", 1, events[1], 0),
    ]
    with pytest.raises(operations.NotWholeError):
        operations.purge(before=log.ago(days=8), by=OPERATOR)


def test_a_tombstone_of_ours_fits_no_other_log(events: list[int]) -> None:
    tombstone = operations.purge(before=log.ago(days=9.5), by=OPERATOR)
    with log.behind_our_back():
        AuditSeal.objects.filter(number=1).update(hash="0" * 64)
    assert ("tombstone_amiss", 1, 0, 1) in log.troubles()
    assert tombstone.count == 2
    assert _left() == events[2:]


def test_another_role_than_the_owner_purges_nothing(events: list[int]) -> None:
    if connection.vendor == "postgresql":  # SQLite has no roles
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE borough_server")
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO borough_server")
            cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO borough_server")
            cursor.execute("SET ROLE borough_server")
            with pytest.raises(operations.NotOwnerError):
                operations.purge(before=log.ago(days=8), by=OPERATOR)
            cursor.execute("RESET ROLE")
    assert _left() == events
    assert operations.purge(before=log.ago(days=8), by=OPERATOR).count == 4
