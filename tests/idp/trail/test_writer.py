"""The thread that writes the trail, and the bounded queue before it."""

import logging
import time
from threading import Event
from typing import TYPE_CHECKING

from idp.trail.entry import Entry
from idp.trail.writer import Writer
from tests.idp.trail.test_rules import ENTRY

if TYPE_CHECKING:
    import pytest


class Table:
    """Takes batches as the database does; holds the writer back until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[Entry]] = []
        self.may_go = Event()
        self.may_go.set()
        self.fails = False

    def write(self, batch: list[Entry]) -> None:
        assert self.may_go.wait(5)
        if self.fails:
            raise OSError(ENTRY.client_id)
        self.batches.append(batch)

    def waits_for(self, entries: int) -> None:
        until = time.monotonic() + 5
        while sum(map(len, self.batches)) < entries and time.monotonic() < until:
            time.sleep(0.01)
        assert sum(map(len, self.batches)) == entries


def started(table: Table, *, room: int = 100) -> Writer:
    writer = Writer(table.write, room=room)
    writer._begin()  # noqa: SLF001 - without the hook for forks, which cannot be taken back
    return writer


def test_what_comes_within_a_second_is_written_together() -> None:
    table = Table()
    writer = started(table)
    for _ in range(20):
        writer.put(ENTRY)
    table.waits_for(20)
    assert len(table.batches) == 1


def test_nothing_is_kept_before_it_is_started() -> None:
    table = Table()
    writer = Writer(table.write)
    writer.put(ENTRY)
    writer._begin()  # noqa: SLF001
    writer.put(ENTRY)
    table.waits_for(1)


def test_a_full_queue_drops_and_counts_and_no_request_waits(
    caplog: "pytest.LogCaptureFixture",
) -> None:
    table = Table()
    table.may_go.clear()
    writer = started(table, room=10)
    began = time.monotonic()
    for _ in range(1000):
        writer.put(ENTRY)
    assert time.monotonic() - began < 0.5
    with caplog.at_level(logging.WARNING):
        table.may_go.set()
        until = time.monotonic() + 5
        while "dropped" not in caplog.text and time.monotonic() < until:
            time.sleep(0.01)
    written = sum(map(len, table.batches))
    assert f"trail: {1000 - written} records dropped" in caplog.text


def test_a_failed_batch_is_lost_and_the_next_is_written(
    caplog: "pytest.LogCaptureFixture",
) -> None:
    table = Table()
    writer = started(table)
    table.fails = True
    with caplog.at_level(logging.WARNING):
        writer.put(ENTRY)
        until = time.monotonic() + 5
        while "lost" not in caplog.text and time.monotonic() < until:
            time.sleep(0.01)
    assert "1 records lost: OSError" in caplog.text
    table.fails = False
    writer.put(ENTRY)
    table.waits_for(1)
