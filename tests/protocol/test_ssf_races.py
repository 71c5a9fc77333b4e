"""Streams under twenty requests at once, and connections that outlive a refusal."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests.protocol.test_races import TOGETHER, together
from tests.serving.provider import Served

_numbers = count(1)
_PUSHED = {"method": "urn:ietf:rfc:8935", "endpoint_url": "https://receiver.example.org/events"}
Send = Callable[..., httpx.Response]


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60) as client:
        yield client


@pytest.fixture
def send(served: Served, http: httpx.Client) -> Send:
    """Return a way to call an endpoint as a new application that may hear of events."""
    slug = f"receivers-{next(_numbers)}"
    served.manage("organisation", "create", "--name", "Receivers", "--slug", slug)
    made = served.manage(
        *("application", "create", "--organisation", slug, "--name", "Receiver", "--sandbox"),
        *("--slug", slug, "--redirect-uri", "https://receiver.example.org/callback"),
        *("--event-stream", "--scope", "openid:public_task:To test"),
    )
    answer = http.post(
        f"{served.issuer}/token",
        data={"grant_type": "client_credentials", "scope": "ssf.read ssf.manage"},
        auth=(made["client_id"], made["client_secret"]),
    )
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def sent(method: str, path: str, **more: Any) -> httpx.Response:
        return http.request(method, f"{served.issuer}{path}", **{"headers": headers, **more})

    return sent


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_of_twenty_streams_of_one_application_one_is_made(send: Send) -> None:
    answers = together(lambda: send("POST", "/ssf/stream", json={"delivery": _PUSHED}))
    assert statuses(answers) == {201: 1, 409: TOGETHER - 1}
    assert len(send("GET", "/ssf/stream").json()) == 1


def test_of_twenty_tries_of_a_stream_one_is_sent(send: Send) -> None:
    made = send("POST", "/ssf/stream", json={}).json()
    asked = {"stream_id": made["stream_id"]}
    assert statuses(together(lambda: send("POST", "/ssf/verify", json=asked))) == {
        204: 1,
        429: TOGETHER - 1,
    }
    assert len(send("POST", "/ssf/poll", json={}).json()["sets"]) == 1


def test_of_twenty_ends_of_a_stream_one_ends_it(send: Send) -> None:
    made = send("POST", "/ssf/stream", json={}).json()
    named = {"stream_id": made["stream_id"]}
    answers = together(lambda: send("DELETE", "/ssf/stream", params=named))
    assert statuses(answers) == {204: 1, 404: TOGETHER - 1}


def test_a_connection_can_be_used_again_after_a_refusal_that_came_before_the_body_was_read(
    send: Send,
) -> None:
    refused = {"headers": {"Authorization": "Bearer invalid"}, "json": {"description": "x" * 9000}}
    for _ in range(100):
        assert send("POST", "/ssf/stream", **refused).status_code == 401
