"""A second step lasts a quarter of an hour, and longer at one press (WCAG 2.2 §2.2.1)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
import time_machine
from django.conf import settings

from accounts.models import PendingSignIn, Session
from accounts.sessions.operations import AccountChangedError
from accounts.signin import progress
from tests import factories
from tests.accounts.visitor import Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
ANN = "ann@example.org"
MORE = "/sign-in/more-time"
MINUTE = timedelta(minutes=1)


class Slow(Visitor):
    """Ann, at the page that asks for the code of her app."""

    def __init__(self, *, shared: bool = False) -> None:
        super().__init__()
        self.secret = ways.app(people.account(ANN, password=people.PASSWORD))
        self.flow = self.begin("/account")
        box = {"shared_device": "on"} if shared else {}
        typed = {"sign_in_name": ANN, "password": people.PASSWORD, "flow": self.flow, **box}
        self.client.post("/sign-in", typed)

    def more(self, **headers: str) -> str:
        answer = self.client.post(MORE, {"flow": self.flow}, headers=headers)
        return str(answer["Location"])

    def code(self) -> None:
        typed = {"flow": self.flow, "code": ways.code_of(self.secret)}
        self.client.post("/sign-in/app", typed)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_the_page_says_until_when_and_has_the_button(clock: time_machine.Traveller) -> None:
    clock.shift(MINUTE)
    ann = Slow()
    page = ann.get(f"/sign-in/app?flow={ann.flow}").content.decode()
    assert "data-staying-time>12:16pm<" in page
    assert "Give me more time" in page
    assert f'action="{MORE}" target="_blank"' in page


def test_pressed_ten_times_it_still_leads_on(clock: time_machine.Traveller) -> None:
    ann = Slow()
    for _time in range(10):
        clock.shift(14 * MINUTE)
        assert ann.more().startswith(MORE)
    clock.shift(14 * MINUTE)
    ann.code()
    assert ann.session is not None
    # When it was proved is not made younger than it is.
    assert ann.session.auth_time == NOON


def test_a_second_step_that_took_an_hour_is_as_fresh_as_any(clock: time_machine.Traveller) -> None:
    ann = Slow()
    for _time in range(4):
        clock.shift(14 * MINUTE)
        ann.more()
    ann.code()
    page = "/account/ways-to-sign-in/security-key"
    assert ann.get(page).status_code == 200
    clock.shift(settings.FRESH_SIGN_IN - MINUTE)
    assert ann.get(page).status_code == 200
    clock.shift(MINUTE)
    assert ann.get(page)["Location"].startswith("/sign-in?")


def test_what_adds_to_a_session_makes_it_no_fresher(clock: time_machine.Traveller) -> None:
    people.account(ANN, password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit(ANN)
    before = visitor.session
    assert before is not None
    secret = ways.app(before.account)
    clock.shift(20 * MINUTE)
    columns = {"account": before.account, "password_changed_at": before.account.password_changed_at}
    times = {"proofs": before.proofs, "proved_at": before.auth_time}
    flow = visitor.begin("/account", level=2, stands_on=before, **columns, **times)
    visitor.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(secret)})
    after = visitor.session
    assert after is not None
    assert (after.level, after.auth_time, after.signed_in_at) == (2, NOON, before.signed_in_at)
    page = visitor.get("/account/ways-to-sign-in/security-key")
    assert page["Location"].startswith("/sign-in?")


@pytest.mark.parametrize("how", ["signed_out", "ran_out"])
def test_what_adds_to_a_session_takes_no_code_once_that_is_over(
    clock: time_machine.Traveller, how: str
) -> None:
    account = people.account(ANN, password=people.PASSWORD)
    secret = ways.app(account)
    visitor = Visitor()
    visitor.submit(ANN, flow=visitor.begin())
    session = factories.session(account)
    columns = {"account": account, "password_changed_at": account.password_changed_at}
    times = {"proofs": session.proofs, "proved_at": session.auth_time}
    flow = visitor.begin("/account", level=2, stands_on=session, **columns, **times)
    page = f"/sign-in/app?flow={flow}"
    assert visitor.get(page).status_code == 200
    if how == "ran_out":
        clock.shift(settings.SESSION_IDLE)
    else:
        Session.objects.update(ended_at=NOON, end_reason=Session.EndReason.SIGNED_OUT)
    assert visitor.get(page)["Location"] == f"/sign-in/go-on?flow={flow}"
    with mock.patch("accounts.signin.second_step.operations.check_code") as looked_at:
        visitor.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(secret)})
    looked_at.assert_not_called()
    assert visitor.get(f"/sign-in/go-on?flow={flow}")["Location"] == f"/sign-in?flow={flow}"


def test_what_adds_to_a_session_that_ends_at_that_very_moment_starts_none() -> None:
    """Its owner ends it on another device while whoever sits here takes the second step."""
    account = people.account(ANN, password=people.PASSWORD)
    session = factories.session(account)
    flow = PendingSignIn.objects.create(
        browser_hash="x",
        return_to="/account",
        account=account,
        password_changed_at=account.password_changed_at,
        stands_on=session,
        proofs=session.proofs,
        proved_at=session.auth_time,
        expires_at=session.expires_at,
    )
    Session.objects.update(ended_at=session.auth_time, end_reason=Session.EndReason.NOT_ME)
    with pytest.raises(AccountChangedError):
        progress.finish(flow=flow, replaces=session, started_on="Firefox")
    assert not Session.objects.filter(ended_at=None).exists()


def test_a_script_is_told_until_when(clock: time_machine.Traveller) -> None:
    ann = Slow()
    clock.shift(10 * MINUTE)
    answer = ann.client.post(MORE, {"flow": ann.flow}, headers={"accept": "application/json"})
    assert answer.json() == {"seconds": 900, "until": "12:25pm"}
    assert "You have until 12:25pm" in ann.get(f"{MORE}?flow={ann.flow}").content.decode()


def test_pressed_too_late_it_brings_nothing_back(clock: time_machine.Traveller) -> None:
    ann = Slow()
    clock.shift(15 * MINUTE)
    assert ann.more().startswith("/sign-in/go-on")
    ann.code()
    assert ann.session is None


def test_looking_at_the_page_puts_nothing_off(clock: time_machine.Traveller) -> None:
    ann = Slow()
    clock.shift(14 * MINUTE)
    ann.get(f"{MORE}?flow={ann.flow}")
    clock.shift(2 * MINUTE)
    ann.code()
    assert ann.session is None


def test_at_a_shared_device_it_goes_no_further_than_a_session_there(
    clock: time_machine.Traveller,
) -> None:
    ann = Slow(shared=True)
    for _time in range(6):
        clock.shift(14 * MINUTE)
        ann.more()
    flow = PendingSignIn.objects.get(pk=ann.flow)
    assert flow.proofs_end == NOON + settings.SHARED_DEVICE_ABSOLUTE
    ann.code()
    assert not Session.objects.exists()


def test_it_can_be_put_off_ten_times_and_not_for_ever(clock: time_machine.Traveller) -> None:
    ann = Slow()
    for _time in range(11):
        clock.shift(14 * MINUTE)
        ann.more()
    assert PendingSignIn.objects.get(pk=ann.flow).proofs_end == NOON + 11 * 15 * MINUTE
    clock.shift(11 * MINUTE)
    ann.code()
    assert ann.session is None


def test_another_browser_puts_nothing_off(clock: time_machine.Traveller) -> None:
    ann = Slow()
    clock.shift(MINUTE)
    assert Visitor().client.post(MORE, {"flow": ann.flow}).status_code == 400
    assert PendingSignIn.objects.get(pk=ann.flow).proofs_until is None


def test_before_the_first_step_there_is_nothing_to_put_off(clock: time_machine.Traveller) -> None:
    del clock
    visitor = Visitor()
    flow = visitor.begin()
    answer = visitor.client.post(MORE, {"flow": flow})
    assert answer["Location"].startswith("/sign-in/go-on")
    assert PendingSignIn.objects.get(pk=flow).proofs_until is None
