"""A step of a flow that comes too late: nobody gets further by it, and what was typed stays."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.models import Account, Authenticator, PendingSignUp
from accounts.recovery.rules import CHOOSING_LASTS
from tests.accounts import post
from tests.accounts.hostile.late import JUST_OVER, NOON, Latecomer
from tests.accounts.mfa.owner import ANN
from tests.accounts.recovery.climber import Climber, wait_it_out
from tests.accounts.recovery.reset.forgetful import NEW, Forgetful
from tests.accounts.signup.browser import Browser
from tests.accounts.visitor import Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

WAYS = "/account/ways-to-sign-in"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_a_late_sign_up_keeps_the_address_and_the_place(clock: time_machine.Traveller) -> None:
    visitor = Visitor()
    flow = visitor.begin("/help/privacy", service_name="Council Tax")
    clock.shift(settings.FLOW_LIFETIME + JUST_OVER)
    late = visitor.client.post("/sign-up", {"flow": flow, "email": ANN})
    assert late["Location"].startswith("/sign-up?flow=")
    page = visitor.get(late["Location"]).content.decode()
    assert f'value="{ANN}"' in page
    assert "to use Council Tax" in page
    assert not PendingSignUp.objects.exists()


def test_a_late_code_of_a_sign_up_makes_no_account(clock: time_machine.Traveller) -> None:
    ann = Browser()
    ann.begin(ANN)
    code = post.newest().code
    clock.shift(settings.SIGN_UP_LIFETIME)
    assert ann.type_code(code).status_code == 404
    assert ann.finish().status_code == 404
    assert not Account.objects.exists()


def test_late_details_of_a_sign_up_make_no_account(clock: time_machine.Traveller) -> None:
    ann = Browser()
    ann.begin(ANN)
    ann.type_code(post.newest().code)
    clock.shift(settings.SIGN_UP_LIFETIME)
    assert ann.finish().status_code == 404
    assert not Account.objects.exists()


def test_a_late_second_step_asks_for_the_first_and_keeps_the_place(
    clock: time_machine.Traveller,
) -> None:
    secret = ways.app(people.account(ANN, password=people.PASSWORD))
    visitor = Visitor()
    flow = visitor.begin("/help/privacy")
    visitor.submit(ANN, flow=flow)
    clock.shift(timedelta(minutes=15))
    code = {"flow": flow, "code": ways.code_of(secret)}
    late = visitor.client.post("/sign-in/app", code)
    assert visitor.client.get(late["Location"])["Location"] == f"/sign-in?flow={flow}"
    assert visitor.cookie == ""
    visitor.submit(ANN, flow=flow)
    # The code was not used up by coming late.
    assert visitor.client.post("/sign-in/app", code)["Location"] == "/help/privacy"


def test_a_late_enrolment_of_an_app_shows_the_same_square_again(
    clock: time_machine.Traveller,
) -> None:
    ann, page = Latecomer(), f"{WAYS}/app"
    sealed = ann.hidden(page, "app")
    ann.run_out(clock)
    back = ann.back(ann.client.post(page, {"app": sealed, "code": "123456"}))
    assert not Authenticator.objects.exists()
    assert ann.hidden(back, "app") == sealed
    assert "123456" not in ann.shown(back)


def test_a_late_enrolment_of_a_sheet_asks_for_a_code_of_the_same_paper(
    clock: time_machine.Traveller,
) -> None:
    ann, page = Latecomer(), f"{WAYS}/code-sheet"
    sealed = ann.hidden(page, "sheet")
    ann.run_out(clock)
    late = ann.client.post(f"{page}/check", {"sheet": sealed, "code": "abc"})
    assert not Authenticator.objects.exists()
    assert ann.hidden(ann.back(late), "sheet") == sealed


def test_a_fresh_sign_in_that_comes_late_leads_to_the_same_form(
    clock: time_machine.Traveller,
) -> None:
    ann = Latecomer()
    ann.grow_stale()
    late = ann.client.post("/account/emails/add", {"email": "new@example.org"})
    asked = ann.get(late["Location"])["Location"]
    # Within the hour that the form is kept for, but after the session itself.
    clock.shift(settings.SESSION_IDLE - JUST_OVER)
    back = ann.submit(ANN, flow=asked.partition("flow=")[2])["Location"]
    assert 'value="new@example.org"' in ann.shown(back)


def test_a_late_reset_chooses_no_password(clock: time_machine.Traveller) -> None:
    account = people.account(ANN, password=people.PASSWORD)
    owner = Forgetful()
    link = owner.link(ANN)
    owner.client.get(link)
    clock.shift(settings.RESET_LIFETIME)
    assert owner.choose(link).status_code == 404
    account.refresh_from_db()
    assert account.check_password(people.PASSWORD)


def test_a_late_choice_after_a_recovery_changes_nothing_and_can_be_made_again(
    clock: time_machine.Traveller,
) -> None:
    account = people.account(ANN, password=people.PASSWORD)
    climber = Climber()
    climber.know_password(ANN)
    wait_it_out(clock)
    opened = climber.go_on()
    clock.shift(CHOOSING_LASTS)
    assert climber.choose(opened).status_code == 409
    account.refresh_from_db()
    assert account.check_password(people.PASSWORD)
    climber.choose(climber.go_on())
    account.refresh_from_db()
    assert account.check_password(NEW)


def test_a_late_code_of_a_change_of_address_changes_nothing(clock: time_machine.Traveller) -> None:
    ann = Latecomer()
    change = ann.client.post("/account/emails/add", {"email": "new@example.org"})["Location"]
    code = post.newest().code
    clock.shift(settings.EMAIL_CHANGE_LIFETIME)
    ann.sign_in()
    assert ann.client.post(change, {"code": code}).status_code == 404
    assert [row.address for row in ann.account.email_addresses.all()] == [ANN]
