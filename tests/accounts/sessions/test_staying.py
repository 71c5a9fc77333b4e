"""Whoever is signed in reads until when, and may put that off."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
STAY = "/account/stay-signed-in"
BUTTON = "Stay signed in for longer"


def _signed_in(*, shared: bool) -> Visitor:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org", flow=visitor.begin(is_shared_device=shared))
    if shared:
        flow = visitor.begin()
        values = {"sign_in_name": "ann@example.org", "password": people.PASSWORD, "flow": flow}
        visitor.client.post("/sign-in", {**values, "shared_device": "on"})
    return visitor


@pytest.mark.parametrize("shared, time", [(True, "12:10pm"), (False, "1:00pm")])
def test_a_page_says_until_when_and_the_button_puts_it_off(*, shared: bool, time: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        visitor = _signed_in(shared=shared)
        page = visitor.get("/help/contact").content.decode()
        assert BUTTON in page
        assert f"data-staying-time>{time}<" in page
        idle = settings.SHARED_DEVICE_IDLE if shared else settings.SESSION_IDLE
        for _time in range(3):
            clock.shift(idle - timedelta(seconds=1))
            assert visitor.client.post(STAY)["Location"] == STAY
            assert "You stay signed in" in visitor.get(STAY).content.decode()
        assert visitor.session is not None


def test_a_script_is_told_until_when() -> None:
    with time_machine.travel(NOON, tick=False):
        visitor = _signed_in(shared=True)
        answer = visitor.client.post(STAY, headers={"accept": "application/json"})
        assert answer.json() == {"seconds": 600, "until": "12:10pm"}


def test_the_button_opens_a_tab_of_its_own_so_that_nothing_typed_is_lost() -> None:
    page = _signed_in(shared=False).get("/account/name").content.decode()
    assert f'action="{STAY}" target="_blank"' in page


def test_too_late_it_leads_to_sign_in() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        visitor = _signed_in(shared=True)
        clock.shift(settings.SHARED_DEVICE_IDLE)
        late = visitor.client.post(STAY)["Location"]
        assert late == "/sign-in?return_to=%2Faccount%2Fstay-signed-in"


def test_near_the_very_end_no_button_promises_more() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        visitor = _signed_in(shared=True)
        for _time in range(11):
            clock.shift(timedelta(minutes=5))
            visitor.get("/help/contact")
        page = visitor.get("/help/contact").content.decode()
        assert BUTTON not in page
        assert "You are signed out at 1:00pm" in page


def test_strangers_read_nothing_of_it() -> None:
    assert BUTTON not in Visitor().get("/help/contact").content.decode()
