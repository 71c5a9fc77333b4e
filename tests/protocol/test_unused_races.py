"""A sign-in while the nightly job closes an unused account: one of the two is first, never both."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., dict[str, Any]]


def test_whoever_signs_in_while_the_job_waits_keeps_the_account(ask: Ask) -> None:
    assert ask("sign_in_beside_closing", "sign-in") == {
        "signed_in": True,
        "done": "nothing",
        "status": "active",
        "sessions": 1,
        "told": 0,
    }


def test_whoever_signs_in_a_moment_later_finds_it_closed_and_no_session_is_left(ask: Ask) -> None:
    assert ask("sign_in_beside_closing", "closing") == {
        "signed_in": False,
        "done": "close",
        "status": "closed",
        "sessions": 0,
        "told": 1,
    }
