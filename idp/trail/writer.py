"""The one thread of a process that writes the trail, and the bounded queue before it.

A request never waits for its record. What finds the queue full is dropped and counted; what is
queued when a process ends is lost, a second's worth at most.
"""

import logging
import os
import queue
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic
from typing import Final

from django.db import close_old_connections, connections

from idp.trail.entry import Entry

logger = logging.getLogger(__name__)

ROOM: Final = 2000
_MOST_AT_ONCE: Final = 500
_GATHERED_FOR: Final = 1.0  # seconds


class Writer:
    """Takes entries from any thread; once started, hands them to `write` in batches."""

    def __init__(self, write: Callable[[list[Entry]], object], *, room: int = ROOM) -> None:
        self._write = write
        self._room = room
        self._lock = Lock()
        self._dropped = 0
        self._queue: queue.Queue[Entry] | None = None

    def start(self) -> None:
        """Begin to take entries, also in processes forked from this one."""
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def put(self, entry: Entry) -> None:
        """Queue the entry, or drop it if there is no room; does nothing unless started."""
        if self._queue is None:
            return
        try:
            self._queue.put_nowait(entry)
        except queue.Full:
            with self._lock:
                self._dropped += 1

    def _begin(self) -> None:
        # A forked process has the queue but not the thread, and perhaps a lock nobody will release.
        self._lock = Lock()
        self._queue = queue.Queue(self._room)
        Thread(target=self._run, args=[self._queue], name="request-trail", daemon=True).start()

    def _run(self, entries: "queue.Queue[Entry]") -> None:
        while True:
            batch = _gathered(entries)
            close_old_connections()
            try:
                self._write(batch)
            except Exception as cause:  # noqa: BLE001 - the thread must outlive a lost database
                # Of the cause its kind alone: a database's words may repeat what was written.
                logger.warning("trail: %d records lost: %s", len(batch), type(cause).__name__)
                connections.close_all()
            self._tell_dropped()

    def _tell_dropped(self) -> None:
        with self._lock:
            dropped, self._dropped = self._dropped, 0
        if dropped:
            logger.warning("trail: %d records dropped, the queue was full", dropped)


def _gathered(entries: "queue.Queue[Entry]") -> list[Entry]:
    """Wait for an entry, and return it with those that follow within a second."""
    batch = [entries.get()]
    until = monotonic() + _GATHERED_FOR
    while len(batch) < _MOST_AT_ONCE:
        try:
            batch.append(entries.get(timeout=max(0.0, until - monotonic())))
        except queue.Empty:
            break
    return batch
