"""Counting tries."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import override_settings

from accounts.limits import operations
from accounts.limits.table import LIMITS, Exemption, Limit
from accounts.models import LimitCounter

NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
THREE = Limit("three", 3, timedelta(minutes=10), ("name", "network"))
FIFTY = Limit("fifty", 50, timedelta(minutes=10), ("name",))
SHOWN = Exemption("shown", timedelta(days=30), ("name",))


def _use_up(limit: Limit, *keys: str) -> None:
    for _time in range(limit.amount):
        assert operations.hit(limit, *keys).allowed


@pytest.mark.django_db
def test_tries_within_the_limit_are_allowed_and_the_next_must_wait() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _use_up(THREE, "ann", "net")
        clock.shift(timedelta(minutes=4))
        verdict = operations.hit(THREE, "ann", "net")
    assert not verdict.allowed
    assert verdict.wait == timedelta(minutes=6)


@pytest.mark.django_db
def test_counting_begins_anew_when_the_window_is_over() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _use_up(THREE, "ann", "net")
        clock.shift(THREE.window - timedelta(seconds=1))
        assert not operations.hit(THREE, "ann", "net").allowed
        clock.shift(timedelta(seconds=1))
        _use_up(THREE, "ann", "net")
        assert not operations.hit(THREE, "ann", "net").allowed


@pytest.mark.django_db
def test_other_keys_and_other_limits_count_for_themselves() -> None:
    _use_up(THREE, "ann", "net")
    assert operations.hit(THREE, "ann", "other").allowed
    assert operations.hit(THREE, "annnet", "").allowed
    assert operations.hit(FIFTY, "ann").allowed


@pytest.mark.django_db
def test_peeking_counts_nothing() -> None:
    for _time in range(10):
        assert operations.peek(THREE, "ann", "net").allowed
    _use_up(THREE, "ann", "net")
    assert not operations.peek(THREE, "ann", "net").allowed


@pytest.mark.django_db
def test_clearing_forgets_the_tries() -> None:
    _use_up(THREE, "ann", "net")
    operations.clear(THREE, "ann", "net")
    _use_up(THREE, "ann", "net")


@pytest.mark.django_db
def test_of_several_limits_each_counts_and_the_longest_wait_is_told() -> None:
    long = Limit("long", 1, timedelta(hours=1), ("name",))
    with time_machine.travel(NOON, tick=False):
        _use_up(THREE, "ann", "net")
        assert operations.hit(long, "ann").allowed
        verdict = operations.hit_all((THREE, ("ann", "net")), (long, ("ann",)))
    assert verdict.wait == timedelta(hours=1)


@pytest.mark.django_db
def test_a_changed_limit_counts_from_nothing() -> None:
    _use_up(THREE, "ann", "net")
    assert operations.hit(Limit("three", 5, THREE.window, THREE.counts_by), "ann", "net").allowed


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["ann@example.org", "\x00", "\ud800", "x" * 100_000])
def test_whatever_is_counted_is_stored_only_as_a_keyed_hash(key: str) -> None:
    operations.hit(FIFTY, key)
    stored = LimitCounter.objects.get().key
    assert "ann" not in stored
    assert len(stored) < 200


@pytest.mark.django_db
def test_switched_off_nothing_is_limited_and_nothing_written() -> None:
    with override_settings(LIMITS_ENABLED=False):
        for _time in range(10):
            assert operations.hit(THREE, "ann", "net").allowed
            assert operations.peek(THREE, "ann", "net").allowed
    assert not LimitCounter.objects.exists()


def test_a_call_with_the_wrong_keys_is_a_mistake_in_the_code() -> None:
    with pytest.raises(TypeError, match="three counts by"):
        operations.hit(THREE, "ann")


@pytest.mark.django_db
def test_an_exemption_lasts_its_time_and_no_longer() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert not operations.is_known(SHOWN, "ann")
        operations.remember(SHOWN, "ann")
        clock.shift(timedelta(days=29))
        assert operations.is_known(SHOWN, "ann")
        assert not operations.is_known(SHOWN, "ben")
        clock.shift(timedelta(days=1))
        assert not operations.is_known(SHOWN, "ann")


@pytest.mark.django_db
def test_a_forgotten_exemption_is_gone() -> None:
    operations.remember(SHOWN, "ann")
    operations.forget(SHOWN, "ann")
    assert not operations.is_known(SHOWN, "ann")


def _in_thread(act: Callable[[], object]) -> None:
    def run() -> None:
        with closing(connection):
            act()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(run).result()


def _create_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(LimitCounter)


@pytest.fixture
def _counters_for_threads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Threads commit: what they wrote must be removed, which no rollback does.

    SQLite in memory locks whole tables between threads; a file waits, as in production.
    """
    if connection.vendor == "sqlite":
        file = str(tmp_path / "counters.sqlite3")
        monkeypatch.setitem(connection.settings_dict, "NAME", file)
        _in_thread(_create_table)
    yield
    _in_thread(LimitCounter.objects.all().delete)


@pytest.mark.django_db
@pytest.mark.usefixtures("_counters_for_threads")
def test_tries_at_the_same_moment_are_all_counted() -> None:
    def try_many(_thread: int) -> int:
        with closing(connection):
            return sum(operations.hit(FIFTY, "ann").allowed for _time in range(15))

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(try_many, range(8))) == FIFTY.amount


def test_names_of_limits_are_unique() -> None:
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)
