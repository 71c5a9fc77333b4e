"""Devices that are not asked for a second step again for a while, and shared ones."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account, LimitCounter, RememberedDevice, Session
from accounts.security.cookies import REMEMBERED
from tests.accounts import post
from tests.accounts.signin.second_step.two_steps import ANN, TwoSteps, ann
from tests.factories import people, ways

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return ann()


def _remembered(account: Account) -> TwoSteps:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.first_step()
    visitor.type("app", ways.code_of(secret), remember="on")
    visitor.client.post("/sign-out")
    return visitor


def test_a_remembered_device_is_spared_the_second_step_at_one_factor(account: Account) -> None:
    visitor = _remembered(account)
    assert visitor.first_step()["Location"] == "/help/contact"
    assert visitor.session is not None
    assert visitor.session.level == Level.ONE_FACTOR
    device = RememberedDevice.objects.get()
    assert device.last_used_at is not None
    assert "A device will not be asked" in post.newest().text


def test_nothing_is_remembered_unasked(account: Account) -> None:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.first_step()
    visitor.type("app", ways.code_of(secret))
    assert REMEMBERED.name not in visitor.client.cookies
    assert not RememberedDevice.objects.exists()


@pytest.mark.parametrize(
    "wanted",
    [
        {"level": Level.TWO_FACTORS},
        {"at_highest_level": True},
        {"remembered_device_will_do": False},
    ],
)
def test_whoever_asks_for_more_gets_the_second_step(
    account: Account, wanted: dict[str, Any]
) -> None:
    visitor = _remembered(account)
    assert visitor.first_step(**wanted)["Location"].startswith("/sign-in/second-step")


def test_a_device_is_remembered_for_its_own_account(account: Account) -> None:
    visitor = _remembered(account)
    bob = people.account("bob@example.org", password=people.PASSWORD)
    ways.app(bob)
    response = visitor.submit("bob@example.org")
    assert response["Location"].startswith("/sign-in/second-step")


def test_two_people_may_be_remembered_in_one_browser(account: Account) -> None:
    visitor = _remembered(account)
    bob = people.account("bob@example.org", password=people.PASSWORD)
    secret = ways.app(bob)
    visitor.flow = visitor.begin()
    visitor.submit("bob@example.org", flow=visitor.flow)
    visitor.type("app", ways.code_of(secret), remember="on")
    visitor.client.post("/sign-out")
    assert visitor.submit(ANN)["Location"] == "/help/contact"
    visitor.client.post("/sign-out")
    assert visitor.submit("bob@example.org")["Location"] == "/help/contact"


def test_after_thirty_days_or_when_forgotten_the_step_is_back(account: Account) -> None:
    visitor = _remembered(account)
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert visitor.first_step()["Location"].startswith("/sign-in/second-step")
    RememberedDevice.objects.update(ended_at=timezone.now())
    assert visitor.first_step()["Location"].startswith("/sign-in/second-step")


@pytest.mark.parametrize(
    "value", ["", ".", "x" * 43, "A" * 43 + "." * 100, "\u00e9", "a.b.c" * 1000]
)
def test_a_made_up_cookie_is_no_remembered_device(account: Account, value: str) -> None:
    ways.app(account)
    visitor = TwoSteps()
    visitor.begin()
    visitor.client.cookies[settings.REMEMBERED_COOKIE_NAME] = value
    assert visitor.first_step()["Location"].startswith("/sign-in/second-step")


def test_a_recovery_code_remembers_nothing(account: Account) -> None:
    ways.app(account)
    codes, visitor = ways.recovery_codes(account), TwoSteps()
    visitor.first_step()
    assert "Do not ask" not in visitor.page("recovery-code").content.decode()
    visitor.type("recovery-code", codes[0], remember="on")
    assert not RememberedDevice.objects.exists()


def _at_shared_device(account: Account) -> TwoSteps:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.flow = visitor.begin()
    values = {"sign_in_name": ANN, "password": people.PASSWORD, "flow": visitor.flow}
    visitor.client.post("/sign-in", {**values, "shared_device": "on"})
    assert "Do not ask" not in visitor.page("app").content.decode()
    visitor.type("app", ways.code_of(secret), remember="on")
    return visitor


def test_a_shared_device_remembers_nothing_and_signs_out_soon(account: Account) -> None:
    visitor = _at_shared_device(account)
    session = Session.objects.get()
    assert session.is_shared_device
    assert session.expires_at - session.auth_time == timedelta(hours=1)
    assert not RememberedDevice.objects.exists()
    assert not LimitCounter.objects.filter(count__gt=0, key__contains="known").exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert visitor.session is None


def test_at_a_shared_device_signing_out_is_always_in_sight(account: Account) -> None:
    visitor = _at_shared_device(account)
    for path in ("/account", "/help/contact"):
        assert "Sign out before you leave it" in visitor.get(path).content.decode()


def test_the_next_person_at_a_shared_device_reads_no_name(account: Account) -> None:
    visitor = _at_shared_device(account)
    again = visitor.get(visitor.get("/sign-in?again=fully")["Location"]).content.decode()
    assert ANN not in again
    # The device stays shared for whoever signs in there again.
    assert 'name="shared_device" type="checkbox" value="on" checked' in again
    visitor.client.post("/sign-out")
    assert ANN not in visitor.get(visitor.get("/sign-in")["Location"]).content.decode()


def test_at_ones_own_device_signing_in_again_spares_typing_the_name(account: Account) -> None:
    visitor = TwoSteps()
    visitor.first_step()
    assert (
        account.sign_in_name
        in visitor.get(
            visitor.get("/sign-in?again=fully&return_to=/account")["Location"]
        ).content.decode()
    )
