"""A few hashes at once, a few waiting in turn, and a plain refusal beyond."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from time import sleep
from unittest import mock

import pytest

from accounts.passwords.hash_queue import HashesBusyError, HashQueue

SOON = timedelta(milliseconds=50)
LATE = timedelta(seconds=20)


@pytest.fixture
def threads() -> Iterator[list[threading.Thread]]:
    started: list[threading.Thread] = []
    yield started
    for thread in started:
        thread.join()


def _wait_in(queue: HashQueue, came: list[int], number: int) -> threading.Thread:
    """Start somebody who waits for a turn, and return when they stand in the queue."""

    def take_turn() -> None:
        with queue.turn():
            came.append(number)

    before = queue.waiting
    thread = threading.Thread(target=take_turn)
    thread.start()
    while queue.waiting == before:
        sleep(0.001)
    return thread


def test_only_so_many_run_at_once(threads: list[threading.Thread]) -> None:
    queue = HashQueue(at_once=2, waiting=20, longest_wait=LATE)
    running, most = 0, 0
    lock = threading.Lock()

    def take_turn() -> None:
        nonlocal running, most
        with queue.turn():
            with lock:
                running += 1
                most = max(most, running)
            sleep(0.002)
            with lock:
                running -= 1

    threads += [threading.Thread(target=take_turn) for _person in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_turns_come_in_the_order_in_which_they_were_asked_for(
    threads: list[threading.Thread],
) -> None:
    queue = HashQueue(at_once=1, waiting=5, longest_wait=LATE)
    came: list[int] = []
    with queue.turn():
        threads += [_wait_in(queue, came, number) for number in range(5)]
    for thread in threads:
        thread.join()
    assert came == [0, 1, 2, 3, 4]


def test_whoever_comes_to_a_full_queue_is_refused_at_once(
    threads: list[threading.Thread],
) -> None:
    queue = HashQueue(at_once=1, waiting=1, longest_wait=LATE)
    with queue.turn():
        threads.append(_wait_in(queue, [], 1))
        with pytest.raises(HashesBusyError) as refused, queue.turn():
            pass
    assert refused.value.retry_after == LATE


def test_nobody_waits_for_longer_than_the_longest_wait() -> None:
    queue = HashQueue(at_once=1, waiting=1, longest_wait=SOON)
    with queue.turn():
        with pytest.raises(HashesBusyError), queue.turn():
            pass
        assert queue.waiting == 0


def test_whoever_gave_up_leaves_no_gap_and_takes_no_place() -> None:
    queue = HashQueue(at_once=1, waiting=1, longest_wait=SOON)
    for _time in range(3):
        with queue.turn(), pytest.raises(HashesBusyError), queue.turn():
            pass
    with queue.turn():
        pass


def test_a_turn_given_in_the_moment_of_giving_up_is_taken() -> None:
    queue = HashQueue(at_once=1, waiting=1, longest_wait=SOON)
    holder = ExitStack()
    holder.enter_context(queue.turn())

    def late(ticket: threading.Event, _timeout: float) -> bool:
        holder.close()
        return False if ticket.is_set() else pytest.fail("not called")

    with mock.patch.object(threading.Event, "wait", late), queue.turn():
        pass
    with queue.turn():
        pass


def test_an_error_in_its_turn_gives_the_place_back() -> None:
    queue = HashQueue(at_once=1, waiting=0, longest_wait=SOON)
    with suppress(ZeroDivisionError), queue.turn():
        _ = 1 / 0
    with queue.turn():
        pass
