"""A program that failed too often is told to wait, and from the next window on why it failed."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from accounts.limits import table
from accounts.limits.table import Limit
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.partner import Partner, refused
from tests.protocol.resident import Response

NOON = "2026-01-10T12:00:00+00:00"
HERE = "127.0.0.1"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def wrong_secret(partner: Partner) -> Response:
    return Partner(partner.application, "wrong").post("/token", {"grant_type": "x"})


def wrong_verifier(partner: Partner) -> Response:
    issued = factories.grant(partner.application)
    return partner.exchange(issued, code_verifier="x" * 43)


@pytest.mark.parametrize(
    "limit, act, error",
    [
        (table.CLIENT_AUTHENTICATION, wrong_secret, "invalid_client"),
        (table.CODE_EXCHANGE, wrong_verifier, "invalid_grant"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_full_limit_says_how_long_and_the_next_window_says_what_was_wrong(
    clock: time_machine.Traveller,
    partner: Partner,
    limit: Limit,
    act: Callable[[Partner], Response],
    error: str,
) -> None:
    fill(limit, partner.application.client_id, HERE)
    answer = act(partner)
    assert refused(answer, "temporarily_unavailable", 429)
    assert int(answer["Retry-After"]) == limit.window.total_seconds()
    clock.shift(limit.window)
    answer = act(partner)
    assert refused(answer, error, answer.status_code)
    assert answer.status_code in {400, 401}
