"""RFC 8628 §3.4, §3.5 under load: a device is answered once, and gets its tokens once."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.protocol.devices import GRANT
from tests.protocol.test_races import TOGETHER, outcomes, together, winner
from tests.serving.provider import Served

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def poll(served: Served) -> Callable[[dict[str, Any]], list[httpx.Response]]:
    """Return a way to let one device poll twenty times at the same moment."""

    def at_once(device: dict[str, Any]) -> list[httpx.Response]:
        form = {
            "grant_type": GRANT,
            "client_id": device["client_id"],
            "device_code": device["code"],
        }
        with httpx.Client(timeout=60) as http:
            return together(lambda: http.post(f"{served.issuer}/token", data=form))

    return at_once


def test_of_twenty_polls_of_a_device_that_was_let_in_one_gets_tokens(
    ask: Ask, served: Served, poll: Callable[[dict[str, Any]], list[httpx.Response]]
) -> None:
    device = ask("show_code", "let in")
    responses = poll(device)
    assert outcomes(responses) == {"tokens": 1, "invalid_grant": TOGETHER - 1}
    counted = ask("count", device["family"])
    assert (counted["access"], counted["refresh"]) == (1, 1)
    header = {"Authorization": f"Bearer {winner(responses)['access_token']}"}
    assert httpx.get(f"{served.issuer}/userinfo", headers=header).status_code == 200


def test_of_twenty_polls_that_come_too_soon_each_slows_the_device_down(
    ask: Ask, poll: Callable[[dict[str, Any]], list[httpx.Response]]
) -> None:
    device = ask("show_code", "")
    expected = {"authorization_pending": 1, "slow_down": TOGETHER - 1}
    assert outcomes(poll(device)) == expected
    assert ask("interval", device["family"]) == {"interval": 3600 + 5 * (TOGETHER - 1)}


def test_of_eight_people_with_one_code_one_lets_the_device_in(ask: Ask) -> None:
    assert ask("let_in_at_once") == {"answered": 1, "poll": 200}


def test_a_sign_out_beside_the_poll_ends_its_tokens_too(ask: Ask) -> None:
    assert ask("end_beside_poll") == {"poll": 200, "userinfo": 401, "live": 0}
