"""The queue for password hashes: a few at once, a few waiting in turn, and nobody beyond that.

A hash is made to be costly. Without a bound, a burst of sign-ins would take every core and many
times the memory, each would be late, and pages that need no hash would be late with them.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Lock

from django.conf import settings


class HashesBusyError(Exception):
    """There was no turn: too many wait already, or this one has waited too long.

    Nothing was hashed. `retry_after` is when to come again.
    """

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__("the queue for password hashes is full")
        self.retry_after = retry_after


class HashQueue:
    """Turns at hashing, given in the order in which they were asked for."""

    def __init__(self, *, at_once: int, waiting: int, longest_wait: timedelta) -> None:
        self._free = at_once
        self._most_waiting = waiting
        self._longest_wait = longest_wait
        self._tickets: deque[Event] = deque()
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return len(self._tickets)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold one of the places while the body runs.

        Raises:
            HashesBusyError: there is no place, now or within the longest wait.
        """
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._tickets) >= self._most_waiting:
                raise HashesBusyError(self._longest_wait)
            ticket = Event()
            self._tickets.append(ticket)
        if not ticket.wait(self._longest_wait.total_seconds()):
            self._give_up(ticket)

    def _give_up(self, ticket: Event) -> None:
        with self._lock:
            # Whoever left at this very moment may have called it.
            if not ticket.is_set():
                self._tickets.remove(ticket)
                raise HashesBusyError(self._longest_wait)

    def _leave(self) -> None:
        with self._lock:
            if self._tickets:
                # The place goes from hand to hand: nobody who comes now gets before those who wait.
                self._tickets.popleft().set()
            else:
                self._free += 1


# One for each process: what is bounded is its threads, and its share of the machine.
QUEUE = HashQueue(
    at_once=settings.HASHES_AT_ONCE,
    waiting=settings.HASHES_WAITING,
    longest_wait=settings.HASHES_LONGEST_WAIT,
)
