"""When a link works and when a mail is tried again."""

import itertools

import pytest

from accounts.notices.rules import WAITS, LinkState, link_state, wait_after


@pytest.mark.parametrize(
    "used, overtaken, expired", list(itertools.product([True, False], repeat=3))
)
def test_a_link_works_only_if_nothing_speaks_against_it(
    *, used: bool, overtaken: bool, expired: bool
) -> None:
    state = link_state(used=used, overtaken=overtaken, expired=expired)
    assert (state is LinkState.GOOD) == (not (used or overtaken or expired))


def test_the_waits_grow_and_end() -> None:
    waits = [wait_after(attempts) for attempts in range(1, len(WAITS) + 1)]
    assert waits == sorted(WAITS)
    assert wait_after(len(WAITS) + 1) is None
