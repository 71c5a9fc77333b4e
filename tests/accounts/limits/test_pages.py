"""Whoever meets a full limit reads how long it holds; the next window lets them go on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from accounts.limits import table
from accounts.limits.table import Limit
from tests.accounts import post
from tests.accounts.limits.filling import fill
from tests.accounts.visitor import Response, Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"
PLACE = "192.0.2.1"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        people.account(ANN, password=people.PASSWORD)
        yield traveller


def begin(visitor: Visitor) -> Response:
    return visitor.get("/sign-in")


def sign_up(visitor: Visitor) -> Response:
    values = {"flow": visitor.begin(), "email": ANN}
    return visitor.client.post("/sign-up", values)


def reset(visitor: Visitor) -> Response:
    return visitor.client.post("/reset-password", {"sign_in_name": ANN})


def recover(visitor: Visitor) -> Response:
    return visitor.client.post("/get-back-in", {"sign_in_name": ANN})


def answer_by_passkey(visitor: Visitor) -> Response:
    return visitor.client.post("/sign-in", {"flow": visitor.begin(), "passkey": "{}"})


def send_code(visitor: Visitor) -> Response:
    values = {"flow": visitor.begin(), "sign_in_name": ANN}
    return visitor.client.post("/sign-in/send-code", values)


def send_code_in_a_crowd(visitor: Visitor) -> Response:
    fill(table.SIGN_IN_MAIL_NETWORK, PLACE)
    return send_code(visitor)


def confirm_by_link(visitor: Visitor) -> Response:
    sign_up(visitor)
    path = post.newest().path("/sign-up/confirm/")
    return visitor.client.post(path, {"decision": "confirm"})


def follow_reset_link(visitor: Visitor) -> Response:
    visitor.client.post("/reset-password", {"sign_in_name": ANN})
    path = post.newest().path("/reset-password/")
    return visitor.client.post(path, {"password": "violet lantern orchard"})


@pytest.mark.parametrize(
    "limit, keys, act",
    [
        (table.SIGN_IN_BEGUN_NETWORK, (PLACE,), begin),
        (table.SIGN_UP_NETWORK, (PLACE,), sign_up),
        (table.SIGN_UP_MAIL, (ANN,), sign_up),
        (table.SIGN_UP_MAIL_DAILY, (ANN,), sign_up),
        (table.SIGN_UP_CODE_NETWORK, (PLACE,), confirm_by_link),
        (table.RESET_NETWORK, (PLACE,), reset),
        (table.RESET_LINK_NETWORK, (PLACE,), follow_reset_link),
        (table.RECOVERY_NETWORK, (PLACE,), recover),
        (table.PASSKEY_NETWORK, (PLACE,), answer_by_passkey),
        (table.SIGN_IN_MAIL, (ANN, PLACE), send_code),
        (table.SIGN_IN_MAIL_NAME, (ANN,), send_code),
        (table.SIGN_IN_MAIL_DAILY, (ANN,), send_code),
        (table.SIGN_IN_MAIL_CROWD, (ANN, PLACE), send_code_in_a_crowd),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_full_limit_says_how_long_and_the_next_window_is_free(
    clock: time_machine.Traveller,
    limit: Limit,
    keys: tuple[str, ...],
    act: Callable[[Visitor], Response],
) -> None:
    fill(limit, *keys)
    refused = act(Visitor(network=PLACE))
    page = refused.content.decode()
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) == limit.window.total_seconds()
    assert "You can carry on at" in page
    assert "If you cannot wait" in page
    clock.shift(limit.window)
    assert act(Visitor(network=PLACE)).status_code in {200, 302, 303}


def test_a_passkeys_question_is_refused_to_its_script_and_asked_in_the_next_window(
    clock: time_machine.Traveller,
) -> None:
    limit = table.PASSKEY_OPTIONS_NETWORK
    fill(limit, PLACE)
    assert Visitor(network=PLACE).client.post("/sign-in/passkey/options").status_code == 429
    clock.shift(limit.window)
    assert Visitor(network=PLACE).client.post("/sign-in/passkey/options").status_code == 200
