"""What finished transactions recorded is sealed, nothing else, and everything once."""

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.audit.keys import NoKeyError
from accounts.audit.sealing import operations, positions, queries
from accounts.audit.sealing.positions import END, Horizon
from accounts.models import AuditSeal
from tests.accounts.audit import log

pytestmark = pytest.mark.django_db


@pytest.fixture
def _by_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go by the numbers of transactions on SQLite too."""
    monkeypatch.setattr(positions, "_by_id", lambda: False)


def _seal(monkeypatch: pytest.MonkeyPatch, settled: int, following: int) -> list[AuditSeal]:
    monkeypatch.setattr(positions, "horizon", lambda: Horizon(settled, following))
    return operations.seal()


def test_each_event_is_sealed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert log.seal(monkeypatch) == []
    first = log.happen(2)
    [one] = log.seal(monkeypatch)
    assert (one.number, one.count, one.first_id, one.last_id) == (1, 2, *first)
    assert log.seal(monkeypatch) == []
    second = log.happen(1)
    [other] = log.seal(monkeypatch)
    assert (other.number, other.count, other.first_id) == (2, 1, *second)
    assert other.previous_hash == one.hash


def test_many_events_get_several_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_MOST", 3)
    log.happen(7)
    assert [seal.count for seal in log.seal(monkeypatch)] == [3, 3, 1]
    assert log.troubles() == []


@pytest.mark.usefixtures("_by_transaction")
def test_what_one_transaction_recorded_stays_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_MOST", 3)
    for transaction in (1, 2, 2, 2, 2, 2, 3):
        log.one(transaction)
    assert [seal.count for seal in _seal(monkeypatch, 4, 4)] == [1, 5, 1]
    assert log.troubles() == []


@pytest.mark.usefixtures("_by_transaction")
def test_what_is_not_settled_waits_for_a_later_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    log.one(1)
    late = log.one(2)  # it still runs, as all of its number and above may
    early = log.one(3)
    assert [seal.count for seal in _seal(monkeypatch, 2, 4)] == [1]
    assert log.verify().unsealed == 2
    [seal] = _seal(monkeypatch, 4, 4)
    assert (seal.first_id, seal.last_id) == (late, early)
    assert log.verify().unsealed == 0
    assert log.troubles() == []


@pytest.mark.usefixtures("_by_transaction")
def test_a_log_that_was_moved_is_closed_and_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for transaction in (300, 301, 302):
        log.one(transaction)
    _seal(monkeypatch, 302, 305)
    moved = [log.one(50), log.one(51)]
    closing, following = _seal(monkeypatch, 52, 52)
    assert (closing.count, closing.to_position) == (1, END)
    assert (following.count, following.first_id, following.last_id) == (2, *moved)
    log.one(301)
    [last] = _seal(monkeypatch, 400, 400)
    assert last.count == 1
    assert log.verify().unsealed == 0
    assert log.troubles() == []


@pytest.mark.usefixtures("_by_transaction")
def test_a_log_that_was_moved_with_nothing_left_is_closed_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log.one(300)
    _seal(monkeypatch, 301, 301)
    [closing] = _seal(monkeypatch, 50, 50)
    assert (closing.count, closing.first_id, closing.to_position) == (0, None, END)
    assert _seal(monkeypatch, 50, 50) == []
    log.one(50)
    assert log.verify().unsealed == 1
    [following] = _seal(monkeypatch, 51, 51)
    assert following.count == 1
    assert log.troubles() == []


def test_of_two_that_seal_at_once_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    log.happen(2)
    log.seal(monkeypatch)
    log.happen(2)
    with monkeypatch.context() as patched:
        patched.setattr(queries, "newest", lambda: None)  # read before the other one's seal
        assert operations.seal() == []
    assert [seal.count for seal in log.seal(monkeypatch)] == [2]
    assert log.troubles() == []


def test_nothing_is_sealed_without_a_key(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.AUDIT_KEYS = {}
    log.happen()
    with pytest.raises(NoKeyError):
        log.seal(monkeypatch)
    assert not AuditSeal.objects.exists()


def test_the_horizon_is_read_from_the_database() -> None:
    [number] = log.happen()
    now = positions.horizon()
    assert now.settled <= now.next
    if connection.vendor == "sqlite":
        assert now.settled == number + 1
