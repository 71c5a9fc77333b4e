"""The end of the wait by a passkey: nobody has to take a password who did without one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.assurance import Level
from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, Authenticator, Passkey, Session
from accounts.recovery.codes.operations import give_at_counter
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, path_of, recovery, wait_it_out
from tests.accounts.recovery.maker import ADDRESS, MAKE, ask, finish, opened, page
from tests.accounts.recovery.reset.forgetful import NEW
from tests.factories import PASSWORD
from tests.factories.authenticators import SoftwareKey, key_of

pytestmark = pytest.mark.django_db

NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def clock() -> Any:  # noqa: ANN401 - a generator of time_machine's traveller
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ann() -> Account:
    """Have an account with a passkey alone."""
    account = factories.account(ADDRESS, password=None)
    key_of(account)
    return account


def test_whoever_has_no_password_is_led_to_a_passkey_first_and_may_choose_a_password(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber, code = Climber(), give_at_counter(account=ann, by=OPERATOR)
    climber.type_code(ADDRESS, code)
    wait_it_out(clock, hours=24)
    shown = climber.go_on(code, "code")
    assert path_of(shown) == MAKE
    content = climber.client.get(shown["Location"]).content.decode()
    assert f"/get-back-in/choose?recovery={recovery(ann).pk}" in content
    assert "Choose a password instead" in content


def test_whoever_has_a_password_is_led_to_one_and_may_make_a_passkey(
    clock: time_machine.Traveller,
) -> None:
    ann = factories.account(ADDRESS, password=PASSWORD)
    climber = Climber()
    climber.know_password(ADDRESS)
    wait_it_out(clock)
    shown = climber.go_on()
    assert path_of(shown) == "/get-back-in/choose"
    assert page(ann) in climber.client.get(shown["Location"]).content.decode()


def test_before_making_one_we_say_who_can_use_it(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    content = climber.client.get(page(ann)).content.decode()
    assert "Anyone who can unlock this device can use it to sign in as you" in content


def test_a_passkey_takes_the_place_of_everything_and_adds_no_password(
    ann: Account, clock: time_machine.Traveller
) -> None:
    factories.way(ann, "app")
    climber, key = opened(ann, clock), SoftwareKey()
    factories.session(ann)
    done = finish(climber, ann, key.make(ask(climber, ann).json()))
    assert path_of(done) == "/get-back-in/done"
    ann.refresh_from_db()
    assert not ann.has_password
    way = Authenticator.objects.get()
    assert (way.kind, way.passkey.discoverable) == ("passkey", True)
    assert not Session.objects.filter(ended_at=None).exists()
    ended_at = recovery(ann).ended_at
    assert ended_at is not None
    assert ann.changes_held_until == ended_at + timedelta(hours=48)
    assert recovery(ann).state == "done"
    assert "New ways to sign in were chosen" in post.newest().text
    told = list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))
    assert told.count("account:authenticator:added") == 1
    assert told.count("account:recovery:completed") == 1
    assert "account:password:removed" not in told
    assert "session" not in climber.client.cookies


def test_an_old_password_ends_too_and_the_audit_log_says_so(clock: time_machine.Traveller) -> None:
    ann = factories.account(ADDRESS, password=PASSWORD)
    climber = Climber()
    climber.know_password(ADDRESS)
    wait_it_out(clock)
    climber.go_on()
    finish(climber, ann, SoftwareKey().make(ask(climber, ann).json()))
    ann.refresh_from_db()
    assert not ann.has_password
    assert not ann.check_password(PASSWORD)
    assert AuditEvent.objects.filter(event="account:password:removed").count() == 1


def test_it_signs_in_where_two_factors_were_needed_before(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber, key = opened(ann, clock), SoftwareKey()
    done = finish(climber, ann, key.make(ask(climber, ann).json()))
    flow = str(done["Location"]).partition("flow=")[2]
    assert f"/sign-in?flow={flow}" in climber.client.get(done["Location"]).content.decode()
    question = climber.client.post("/sign-in/passkey/options").json()
    signed_in = climber.client.post("/sign-in", {"flow": flow, "passkey": key.get(question)})
    assert path_of(signed_in) == "/account"
    assert Session.objects.get().level == Level.PHISHING_RESISTANT


def test_the_old_passkey_opens_nothing_any_more(
    ann: Account, clock: time_machine.Traveller
) -> None:
    old = Passkey.objects.get().credential_id
    climber = opened(ann, clock)
    finish(climber, ann, SoftwareKey().make(ask(climber, ann).json()))
    assert not Passkey.objects.filter(credential_id=old).exists()


def test_a_sign_in_that_an_old_passkey_began_ends_with_it(
    ann: Account, clock: time_machine.Traveller
) -> None:
    before = ann.password_changed_at
    climber = opened(ann, clock)
    finish(climber, ann, SoftwareKey().make(ask(climber, ann).json()))
    ann.refresh_from_db()
    assert ann.password_changed_at != before


def test_the_device_of_an_old_passkey_may_make_the_new_one(
    ann: Account, clock: time_machine.Traveller
) -> None:
    wish = ask(opened(ann, clock), ann).json()
    assert wish.get("excludeCredentials", []) == []
    ann.refresh_from_db()
    assert wish["user"]["id"] == ann.user_handle
    assert wish["authenticatorSelection"]["residentKey"] == "required"
    assert wish["authenticatorSelection"]["userVerification"] == "required"


def test_the_stored_name_can_be_neutral(ann: Account, clock: time_machine.Traveller) -> None:
    climber = opened(ann, clock)
    assert ask(climber, ann).json()["user"]["name"] == ADDRESS
    assert "ann" not in ask(climber, ann, is_neutral="on").json()["user"]["name"]


def test_on_a_device_that_others_use_it_is_kept_elsewhere(clock: time_machine.Traveller) -> None:
    ann = factories.account(ADDRESS, password=PASSWORD)
    climber = Climber()
    climber.know_password(ADDRESS)
    wait_it_out(clock)
    climber.go_on()
    session = climber.sign_in_as(ann, "password")
    session.is_shared_device = True
    session.save()
    selection = ask(climber, ann).json()["authenticatorSelection"]
    assert selection["authenticatorAttachment"] == "cross-platform"


def test_one_of_the_two_is_chosen_and_the_other_page_is_closed_by_that(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    answer = SoftwareKey().make(ask(climber, ann).json())
    address = f"/get-back-in/choose?recovery={recovery(ann).pk}"
    assert path_of(climber.client.post(address, {"password": NEW})) == "/get-back-in/done"
    assert finish(climber, ann, answer).status_code == 409
    assert ask(climber, ann).status_code == 404
    ann.refresh_from_db()
    assert ann.check_password(NEW)
    assert not Authenticator.objects.filter(account=ann).exists()


def test_a_password_is_refused_once_a_passkey_was_made(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    answer = SoftwareKey().make(ask(climber, ann).json())
    finish(climber, ann, answer)
    address = f"/get-back-in/choose?recovery={recovery(ann).pk}"
    assert climber.client.post(address, {"password": NEW}).status_code == 409
    assert finish(climber, ann, answer).status_code == 409
    ann.refresh_from_db()
    assert not ann.has_password


def test_for_two_days_after_it_no_other_way_is_added(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    finish(climber, ann, SoftwareKey().make(ask(climber, ann).json()))
    clock.shift(timedelta(minutes=1))
    climber.sign_in_as(ann, "passkey")
    assert climber.client.get("/account/ways-to-sign-in/app").status_code == 403
    clock.shift(timedelta(hours=48))
    climber.sign_in_as(ann, "passkey")
    assert climber.client.get("/account/ways-to-sign-in/app").status_code == 200
