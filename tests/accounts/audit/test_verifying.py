"""Whatever is done to the log once it was sealed is found, and told in words."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.audit import canonical, keys
from accounts.audit.sealing import operations, positions
from accounts.audit.sealing.queries import stretches
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.audit.verifying.wording import told
from accounts.models import AuditEvent, AuditSeal
from tests.accounts.audit import log

pytestmark = pytest.mark.django_db

_ID = canonical.COLUMNS.index("id")


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the ids of nine events, three in each of three seals."""
    happened = []
    for _seal in range(3):
        happened += log.happen(3)
        log.seal(monkeypatch)
    return happened


def test_a_log_that_nobody_touched_is_whole(events: list[int]) -> None:
    log.happen(2)
    report = log.verify()
    assert report.findings == []
    assert (report.seals, report.events, report.unsealed) == (3, len(events), 2)
    assert report.last_sealed_at == AuditSeal.objects.get(number=3).sealed_at


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"event": "account:account:closed"},
        {"actor_id": "x"},
        {"account_id": UUID(int=7)},
        {"detail": {"way": "passkey", "tries": 3}},
        {"case_reference": "x"},
    ],
)
def test_an_event_that_was_changed_is_named(events: list[int], change: dict[str, Any]) -> None:
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[4]).update(**change)
    assert log.troubles() == [("event_changed", 2, events[4], 0)]


def test_an_event_that_was_removed_is_named(events: list[int]) -> None:
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[4]).delete()
    assert log.troubles() == [("event_removed", 2, events[4], 0)]


def test_an_event_that_was_put_in_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    [first] = log.happen()
    log.one(2, id=first + 3)
    log.seal(monkeypatch)
    log.one(1, id=first + 1)
    assert log.troubles() == [("event_inserted", 1, first + 1, 0)]


def test_an_event_put_in_later_cannot_say_that_it_is_old(
    events: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    [late] = log.happen(at=log.ago(days=3))
    assert log.troubles() == [("event_backdated", 3, late, 0)]
    log.seal(monkeypatch)
    assert log.troubles() == [("event_backdated", 3, late, 0)]
    assert late not in events


@pytest.mark.usefixtures("events")
def test_clocks_of_two_servers_may_differ_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    log.happen(at=log.ago(minutes=5))
    log.seal(monkeypatch)
    assert log.troubles() == []


def test_two_events_that_changed_places_are_named(events: list[int]) -> None:
    one, other = events[3], events[5]
    with log.behind_our_back():
        for old, new in ((one, -1), (other, one), (-1, other)):
            AuditEvent.objects.filter(pk=old).update(id=new)
    assert log.troubles() == [("events_swapped", 2, one, other)]


def test_an_event_does_not_stand_for_one_of_another_seal(events: list[int]) -> None:
    old = AuditEvent.objects.get(pk=events[0])
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[8]).update(at=old.at, detail=old.detail)
    assert log.troubles() == [("event_changed", 3, events[8], 0)]


def test_what_no_column_can_hold_is_a_finding_and_no_error(events: list[int]) -> None:
    if connection.vendor == "sqlite":  # PostgreSQL takes no such thing
        with log.behind_our_back(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_auditevent SET account_id = 'x' WHERE id = %s", [events[4]]
            )
        assert log.troubles() == [("events_differ", 2, events[3], events[5])]


def _rewrite(private: Ed25519PrivateKey | None) -> None:
    """Make every seal fit the events as they are now, as their owner can, but for the key."""
    previous = ""
    for seal in AuditSeal.objects.order_by("number"):
        rows = stretches().of(seal).rows().values_list(*canonical.COLUMNS)
        lines = [canonical.listed(row[_ID], canonical.event(row)) for row in rows]
        seal.count, seal.row_hashes = len(lines), "".join(lines)
        seal.rows_hash, seal.previous_hash = canonical.digest(seal.row_hashes), previous
        text = canonical.seal(seal)
        seal.hash = previous = canonical.digest(text)
        if private:
            seal.signature = keys.Signer(seal.key_id, private).signature(text)
        seal.save(force_update=True)


def test_who_rewrites_the_seals_in_the_database_cannot_sign_them(events: list[int]) -> None:
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[4]).delete()
        _rewrite(None)
    # The first seal's events are as they were, so its signature is good for them.
    assert log.troubles() == [("seal_forged", 2, 0, 0), ("seal_forged", 3, 0, 0)]


def test_who_signs_with_another_key_is_found(events: list[int]) -> None:
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[4]).delete()
        _rewrite(Ed25519PrivateKey.generate())
    assert log.troubles() == [("seal_forged", number, 0, 0) for number in (1, 2, 3)]


@pytest.mark.usefixtures("events")
def test_a_key_of_another_name_is_none_of_ours(settings: Settings) -> None:
    with log.behind_our_back():
        AuditSeal.objects.filter(number=3).update(key_id="mine")
    assert log.troubles() == [("seal_changed", 3, 0, 0), ("key_unknown", 3, 0, 0)]
    settings.AUDIT_KEYS = {}
    assert ("key_unknown", 1, 0, 0) in log.troubles()


def test_an_old_key_verifies_what_it_signed(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    log.happen()
    log.seal(monkeypatch)
    settings.AUDIT_KEYS = {"2": urlsafe_b64encode(bytes(32)).decode(), **settings.AUDIT_KEYS}
    log.happen()
    log.seal(monkeypatch)
    assert [seal.key_id for seal in AuditSeal.objects.all()] == ["1", "2"]
    assert log.troubles() == []


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize(
    "removed, missing", [([1], [(1, 1)]), ([2], [(2, 2)]), ([1, 2], [(1, 2)]), ([3], [])]
)
def test_a_seal_that_was_removed_is_missed_unless_it_is_the_last(
    removed: list[int], missing: list[tuple[int, int]]
) -> None:
    with log.behind_our_back():
        AuditSeal.objects.filter(number__in=removed).delete()
    expected = [("seals_missing", first, 0, last) for first, last in missing]
    assert log.troubles() == expected


@pytest.mark.usefixtures("events")
def test_a_seal_that_was_changed_is_named() -> None:
    with log.behind_our_back():
        AuditSeal.objects.filter(number=3).update(count=2)
    assert log.troubles() == [("seal_changed", 3, 0, 0), ("seal_forged", 3, 0, 0)]


@pytest.mark.usefixtures("events")
def test_a_seal_of_ours_stands_for_no_other_before_it() -> None:
    with log.behind_our_back():
        AuditSeal.objects.filter(number=2).update(previous_hash="0" * 64)
    assert log.troubles() == [
        ("seal_unchained", 2, 0, 0),
        ("seal_changed", 2, 0, 0),
        ("seal_forged", 2, 0, 0),
    ]


def test_the_list_of_a_seal_points_at_no_innocent_event(events: list[int]) -> None:
    seal = AuditSeal.objects.get(number=2)
    lines = seal.row_hashes.splitlines()
    lines[0] = f"{events[3]} {'0' * 64}"
    with log.behind_our_back():
        AuditSeal.objects.filter(number=2).update(row_hashes="\n".join(lines))
    assert log.troubles() == [("list_changed", 2, events[3], events[5])]
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=events[4]).update(reason="x")
    assert log.troubles() == [("events_differ", 2, events[3], events[5])]


def test_every_trouble_has_words() -> None:
    words = {told(Finding(trouble, seal=3, event=57, other=60)) for trouble in Trouble}
    assert len(words) == len(Trouble)
    assert "Event 57, of seal 3, was changed" in words


def test_verifying_costs_few_statements_for_each_seal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(operations, "_MOST", 100)
    log.happen(350)
    assert [seal.count for seal in log.seal(monkeypatch)] == [100, 100, 100, 50]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert log.verify().events == 350
    assert len(captured) <= 4 * 3 + 8


def test_events_read_alike_from_either_database() -> None:
    [number] = log.happen(at=log.ago(days=1).replace(microsecond=0))
    [row] = AuditEvent.objects.filter(pk=number).values_list(*canonical.COLUMNS)
    text = canonical.event(row)
    read = json.loads(text)
    assert list(read) == sorted(read) == list(canonical.COLUMNS)
    assert read["at"].endswith(".000000+00:00")
    assert '"detail":{"tries":2,"way":"passkey"}' in text
    assert positions.column() in read
