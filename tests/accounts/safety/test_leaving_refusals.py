"""The guide for when people part: what it refuses, and what a second try or browser does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    EmailAddress,
    Leaving,
    Phone,
    RecoveryRequest,
    Session,
)
from tests import factories
from tests.accounts import post
from tests.accounts.safety.guide import (
    GUIDE,
    NEW,
    NEW_PASSWORD,
    SHARED,
    answer,
    begin,
    email_step,
    finish,
    lose_shared_mailbox,
)
from tests.accounts.safety.resident import Resident, strong, weak

pytestmark = pytest.mark.django_db


@pytest.fixture
def joan() -> Resident:
    return strong(SHARED)


def test_wrong_codes_run_out_and_a_new_one_can_be_sent(joan: Resident) -> None:
    begin(joan)
    answer(joan, "new-email", address=NEW)
    good = post.newest().code
    bad = "000000" if good != "000000" else "111111"
    for _try in range(5):
        assert "code" in answer(joan, "code", code=bad).text
    assert "too many wrong codes" in answer(joan, "code", code=good).text
    answer(joan, "code", again="yes")
    assert answer(joan, "code", code=post.newest().code).status_code == 302


def test_so_many_new_addresses_a_day(joan: Resident, settings: Settings) -> None:
    settings.LIMITS_ENABLED = True
    begin(joan)
    answers = [answer(joan, "new-email", address=f"{i}@example.org") for i in range(11)]
    assert [a.status_code for a in answers] == [302] * 10 + [429]


def test_an_address_that_the_account_has_is_not_new(joan: Resident) -> None:
    begin(joan)
    assert "has this address already" in answer(joan, "new-email", address=SHARED).text


def test_a_recovery_under_way_is_over_whoever_began_it(joan: Resident) -> None:
    his = RecoveryRequest.objects.create(
        account=joan.account, rung="known_password", state="waiting", mailbox_key=SHARED
    )
    begin(joan)
    finish(joan)
    his.refresh_from_db()
    assert his.state == "cancelled"


def test_a_phone_taken_off_takes_its_text_messages_with_it(joan: Resident) -> None:
    Phone.objects.create(account=joan.account, number="+442079460000")
    factories.way(joan.account, "text_message")
    begin(joan)
    answer(joan, "phone", fate="remove")
    finish(joan)
    assert not Phone.objects.exists()
    assert [way.kind for way in Authenticator.objects.all()] == ["app"]


def test_on_a_device_that_others_use_she_is_signed_out_at_the_end(joan: Resident) -> None:
    begin(joan)
    answer(joan, "device", alone="no")
    finish(joan)
    assert joan.session is None
    assert "It is done" in joan.get(f"{GUIDE}/done").text


def test_the_account_can_be_frozen_at_the_end(joan: Resident) -> None:
    begin(joan)
    answer(joan, "freeze", freeze="yes")
    finish(joan)
    joan.account.refresh_from_db()
    assert joan.account.status == "frozen"
    assert joan.session is None


def test_a_stolen_password_alone_reaches_no_address(settings: Settings) -> None:
    settings.LIMITS_ENABLED = False
    thief = weak(SHARED)
    step = email_step(thief.account)
    assert "one thing only" in thief.get(GUIDE).text
    begin(thief)
    for name, values in ((step, {"fate": "remove"}), ("new-email", {"address": NEW})):
        assert answer(thief, name, **values)["Location"] == f"{GUIDE}/check"
    row = Leaving.objects.get()
    row.choices, row.address, row.address_key = {step: "unsafe"}, NEW, NEW
    row.confirmed_at = timezone.now()
    row.save()
    assert "sign in by two things" in finish(thief).text
    assert EmailAddress.objects.get().unsafe_since is None


def test_an_empty_post_answers_nothing(joan: Resident) -> None:
    begin(joan)
    for step in ("device", email_step(joan.account), "new-email", "password", "emails", "freeze"):
        page = answer(joan, step)
        assert page.status_code == 200
        assert "Error: " in page.text
    assert Leaving.objects.get().choices == {}


@pytest.mark.parametrize("step", ["x", "email-0", "code", "signed-in", "phone"])
def test_a_question_that_is_not_asked_leads_to_the_last_page(joan: Resident, step: str) -> None:
    begin(joan)
    assert joan.get(f"{GUIDE}/{step}")["Location"] == f"{GUIDE}/check"


def test_steps_without_a_beginning_lead_to_the_start(joan: Resident) -> None:
    for path in ("device", "check", "password"):
        assert joan.get(f"{GUIDE}/{path}")["Location"] == GUIDE
        assert joan.post(f"{GUIDE}/{path}", skip="yes")["Location"] == GUIDE


def test_another_browser_signed_in_to_the_account_sees_and_finishes_nothing(
    joan: Resident,
) -> None:
    lose_shared_mailbox(joan)
    his = Resident(joan.account, ways=tuple(Authenticator.objects.all()))
    assert his.get(f"{GUIDE}/check")["Location"] == GUIDE
    assert finish(his)["Location"] == GUIDE
    assert NEW not in his.get(GUIDE).text
    assert EmailAddress.objects.get(account=joan.account).address == SHARED


@pytest.mark.parametrize("who, still", [(weak, True), (strong, False)])
def test_a_password_from_the_mailbox_is_vouched_for_by_two_things_alone(
    *, who: Callable[[], Resident], still: bool
) -> None:
    resident = who()
    Account.objects.update(password_from_mailbox=True)
    begin(resident)
    answer(resident, "password", password=NEW_PASSWORD)
    finish(resident)
    resident.account.refresh_from_db()
    assert resident.account.check_password(NEW_PASSWORD)
    assert resident.account.password_from_mailbox is still


def test_a_guide_left_open_for_two_hours_is_over(joan: Resident) -> None:
    begin(joan)
    Leaving.objects.update(expires_at=timezone.now())
    assert joan.get(f"{GUIDE}/device")["Location"] == GUIDE


def test_a_sign_in_that_is_stale_by_the_last_page_is_asked_again_and_nothing_lost(
    joan: Resident,
) -> None:
    begin(joan)
    answer(joan, "freeze", freeze="no")
    Session.objects.update(signed_in_at=timezone.now() - timedelta(minutes=16))
    assert finish(joan)["Location"].startswith("/sign-in?flow=")
    Session.objects.update(signed_in_at=timezone.now())
    assert "Do not freeze it" in joan.get(f"{GUIDE}/check").text


def test_the_last_page_twice_does_it_once(joan: Resident) -> None:
    begin(joan)
    answer(joan, "emails", discreet="yes")
    finish(joan)
    assert finish(joan)["Location"] == GUIDE
    assert AuditEvent.objects.filter(event="account:leaving:done").count() == 1


def test_the_new_password_is_kept_hashed_and_only_until_it_is_done(joan: Resident) -> None:
    begin(joan)
    answer(joan, "password", password=NEW_PASSWORD)
    assert NEW_PASSWORD not in str(list(Leaving.objects.values()))
    finish(joan)
    joan.account.refresh_from_db()
    assert joan.account.check_password(NEW_PASSWORD)
    assert Leaving.objects.get().password == ""
