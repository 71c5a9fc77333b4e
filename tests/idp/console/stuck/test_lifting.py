"""Who was stopped after too many passwords gets on at once when staff lift it."""

from datetime import timedelta
from typing import cast

import pytest
import time_machine
from django.test import RequestFactory

from accounts.help_codes.trail import Trail
from accounts.limits.operations import hit
from accounts.limits.table import (
    HELP_LIFTS,
    SIGN_IN,
    SIGN_IN_AFTER_LIFT,
    SIGN_UP_MAIL,
    START_CODE,
    Limit,
)
from accounts.models import HelpCode
from accounts.security.browser import BrowserId
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import note_too_many
from tests import factories
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Visitor
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db

ADDRESS, BEN = "ada@example.org", "ben@example.org"
WRONG = "wrong horse battery"


@pytest.fixture(autouse=True)
def _accounts() -> None:
    for address in (ADDRESS, BEN):
        factories.account(address, password=factories.PASSWORD)


def _stopped(name: str = ADDRESS) -> Visitor:
    visitor = Visitor()
    for _try in range(SIGN_IN.amount):
        visitor.submit(name, WRONG)
    assert visitor.submit(name, factories.PASSWORD).status_code == 429
    return visitor


def _lift(address: str = ADDRESS) -> tuple[Desk, str]:
    row, desk = helping(None, address_key=address)
    answer = desk.post(f"/staff/help/{row.pk}/lift-limits")
    assert answer["Location"].endswith("?done=lift_limits")
    return desk, answer["Location"]


def test_the_right_password_signs_them_in_from_the_same_browser() -> None:
    visitor = _stopped()
    _lift()
    visitor.submit(ADDRESS, factories.PASSWORD)
    assert visitor.session is not None


def test_their_address_alone_says_that_they_were_stopped_and_no_more_after_they_got_in() -> None:
    visitor = _stopped()
    row, desk = helping(None, address_key=ADDRESS)
    page = f"/staff/help/{row.pk}"
    assert "sign-in was slowed down" in desk.get(page).content.decode()
    desk.post(f"{page}/lift-limits")
    assert "slowed down" not in desk.get(page).content.decode()
    visitor.submit(ADDRESS, factories.PASSWORD)
    assert "slowed down" not in desk.get(page).content.decode()


def test_what_was_just_done_is_no_more_the_next_thing_to_do() -> None:
    _stopped()
    row, desk = helping(None, address_key=ADDRESS)
    page = f"/staff/help/{row.pk}"
    before = desk.get(page).content.decode().partition('id="next"')[2]
    assert "/lift-limits" in before.partition("Read this out")[0]
    # The same cause, as by the trail of a page it stays what happened last.
    after = desk.get(f"{page}?done=lift_limits").content.decode().partition('id="next"')[2]
    assert "Stay with them until they are in" in after
    assert "/lift-limits" not in after.partition("Read this out")[0]
    assert "/lift-limits" in after  # among the other help


def test_a_name_that_nobody_has_is_told_alike() -> None:
    visitor = Visitor()
    for _try in range(SIGN_IN.amount + 1):
        visitor.submit("nobody@example.org", WRONG)
    row, desk = helping(None, address_key="nobody@example.org")
    assert "sign-in was slowed down" in desk.get(f"/staff/help/{row.pk}").content.decode()


def test_ten_more_wrong_passwords_stop_them_again() -> None:
    visitor = _stopped()
    _lift()
    for _try in range(SIGN_IN_AFTER_LIFT.amount):
        assert visitor.submit(ADDRESS, WRONG).status_code != 429
    assert visitor.submit(ADDRESS, factories.PASSWORD).status_code == 429


def test_nobody_else_who_was_stopped_gets_on_by_it() -> None:
    visitor = _stopped(BEN)
    _lift(ADDRESS)
    assert visitor.submit(BEN, factories.PASSWORD).status_code == 429


def test_it_is_over_after_a_quarter_of_an_hour() -> None:
    with time_machine.travel("2026-01-10T12:00:00Z", tick=False) as clock:
        _lift()
        clock.shift(timedelta(minutes=15))
        _stopped()


def test_it_is_done_for_nobody_more_often_than_the_limit_says() -> None:
    row, desk = helping(None, address_key=ADDRESS)
    done = [
        desk.post(f"/staff/help/{row.pk}/lift-limits")["Location"].partition("?done=")[2]
        for _time in range(HELP_LIFTS.amount + 1)
    ]
    assert done == ["lift_limits"] * HELP_LIFTS.amount + ["enough"]


@pytest.mark.parametrize(
    "limit, reason", [(START_CODE, "asked_to_wait"), (SIGN_UP_MAIL, "sign_in_too_many_tries")]
)
def test_the_trail_tells_whether_staff_can_lift_what_asks_to_wait(
    rf: RequestFactory, limit: Limit, reason: str
) -> None:
    while (verdict := hit(limit, "x")).allowed:
        pass
    asked = rf.get("/")
    vars(asked)["trail"] = noted = Trail(BrowserId())
    note_too_many(cast("BoroughRequest", asked), verdict)
    noted.close("signup:begin", 429)
    assert [step["reason"] for step in HelpCode.objects.get().steps] == [reason]
