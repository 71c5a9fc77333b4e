"""The guide for when people part: what it asks, keeps, does and lets nobody know."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    EmailAddress,
    Leaving,
    OutboundMessage,
    Phone,
    RecoveryRequest,
    RememberedDevice,
    Session,
)
from tests import factories
from tests.accounts import post
from tests.accounts.safety.resident import Resident, old_way, strong, weak
from tests.accounts.visitor import Response
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
GUIDE = "/account/someone-has-left"
SHARED = "whitfields@example.org"
NEW = "joan.now@example.org"
NEW_PASSWORD = "violet lantern orchard"


@pytest.fixture
def joan() -> Resident:
    return strong(SHARED)


def begin(resident: Resident) -> None:
    assert resident.post(GUIDE)["Location"] == f"{GUIDE}/device"


def answer(resident: Resident, step: str, **values: Any) -> Response:
    return resident.post(f"{GUIDE}/{step}", **values)


def finish(resident: Resident) -> Response:
    return resident.post(f"{GUIDE}/check")


def email_step(account: Account, address: str = SHARED) -> str:
    return f"email-{EmailAddress.objects.get(account=account, address=address).pk}"


def give_new_address(resident: Resident, address: str = NEW) -> None:
    answer(resident, "new-email", address=address)
    letter = post.newest()
    assert letter.to == address
    answer(resident, "code", code=letter.code)


def lose_shared_mailbox(resident: Resident, fate: str = "remove") -> None:
    begin(resident)
    answer(resident, email_step(resident.account), fate=fate)
    give_new_address(resident)


def mailed_to(address: str) -> list[str]:
    return [letter.subject for letter in post.letters() if letter.to == address]


def test_every_question_is_a_page_that_leads_on_and_back(joan: Resident) -> None:
    factories.session(joan.account)
    begin(joan)
    page = f"{GUIDE}/device"
    seen = []
    while not page.endswith("/check"):
        seen.append(page.removeprefix(f"{GUIDE}/"))
        assert joan.get(page).status_code == 200
        page = joan.post(page, skip="yes")["Location"]
    channel = email_step(joan.account)
    assert seen == [
        "device", "signed-in", "ways-to-sign-in", channel, "new-email", "password", "emails",
        "freeze",
    ]  # fmt: skip
    assert joan.get(page).text.count("Stays as it is") == len(seen)


def test_nothing_chosen_is_nothing_changed(joan: Resident) -> None:
    other = factories.session(joan.account)
    before = list(Account.objects.values()), list(Authenticator.objects.values())
    begin(joan)
    assert finish(joan)["Location"] == f"{GUIDE}/done"
    assert (list(Account.objects.values()), list(Authenticator.objects.values())) == before
    other.refresh_from_db()
    assert other.ended_at is None
    assert post.letters() == []
    assert joan.session is not None


def test_nothing_counts_before_the_last_page(joan: Resident) -> None:
    other = factories.session(joan.account)
    lose_shared_mailbox(joan)
    answer(joan, "signed-in", chosen=[f"session-{other.pk}"])
    answer(joan, "password", password=NEW_PASSWORD)
    other.refresh_from_db()
    joan.account.refresh_from_db()
    assert other.ended_at is None
    assert joan.account.check_password(PASSWORD)
    assert EmailAddress.objects.get(account=joan.account).address == SHARED
    assert mailed_to(SHARED) == []


@pytest.mark.parametrize("fate", ["remove", "unsafe"])
def test_a_mailbox_shut_out_learns_nothing_before_during_or_after(
    joan: Resident, fate: str
) -> None:
    lose_shared_mailbox(joan, fate)
    answer(joan, "ways-to-sign-in", chosen=[str(old_way(joan.account, "code_sheet").pk)])
    answer(joan, "password", password=NEW_PASSWORD)
    answer(joan, "emails", discreet="yes")
    finish(joan)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert mailed_to(SHARED) == []
        assert mailed_to(NEW) != []
    assert not OutboundMessage.objects.filter(address=SHARED, state="queued").exists()
    main = EmailAddress.objects.get(account=joan.account, is_primary=True)
    assert main.address == NEW


def test_what_waited_to_be_told_to_that_mailbox_is_never_sent(joan: Resident) -> None:
    lose_shared_mailbox(joan)
    joan.post("/account/safe-contact/discreet", discreet="yes")
    assert OutboundMessage.objects.filter(address=SHARED, state="queued").exists()
    finish(joan)
    assert mailed_to(SHARED) == []


def test_everybody_else_is_signed_out_and_forgotten(joan: Resident) -> None:
    tablet = factories.session(joan.account)
    device = RememberedDevice.objects.create(
        account=joan.account,
        token_hash="x",
        started_on="Safari on iPad",
        expires_at=timezone.now() + timedelta(days=1),
    )
    begin(joan)
    page = joan.get(f"{GUIDE}/signed-in").text
    assert page.count("checked") == 2
    answer(joan, "signed-in", chosen=[f"session-{tablet.pk}", f"device-{device.pk}"])
    finish(joan)
    tablet.refresh_from_db()
    device.refresh_from_db()
    assert tablet.end_reason == "ended_by_owner"
    assert device.ended_at is not None
    assert joan.session is not None


def test_ways_chosen_stop_and_the_rest_stay(joan: Resident) -> None:
    his = factories.way(joan.account, "passkey", label="Tablet")
    begin(joan)
    assert "Passkey: Tablet" in joan.get(f"{GUIDE}/ways-to-sign-in").text
    answer(joan, "ways-to-sign-in", chosen=[str(his.pk)])
    finish(joan)
    assert [way.kind for way in Authenticator.objects.all()] == ["app"]


def test_a_passkey_on_a_tablet_that_he_has_does_not_keep_her_out(joan: Resident) -> None:
    old_way(joan.account, "passkey")
    begin(joan)
    assert "Passkey" in joan.get(f"{GUIDE}/ways-to-sign-in").text


def test_a_password_with_a_new_way_stops_no_older_ones() -> None:
    account = factories.account(SHARED, password=PASSWORD)
    passkey = old_way(account, "passkey")
    thief = Resident(account, ways=(factories.way(account),))
    begin(thief)
    assert answer(thief, "ways-to-sign-in", chosen=[str(passkey.pk)])["Location"].endswith("check")
    Leaving.objects.update(choices={"ways-to-sign-in": [str(passkey.pk)]})
    assert "sign in by two things" in finish(thief).text
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_the_way_that_this_sign_in_rests_on_may_go_too() -> None:
    account = factories.account(SHARED)
    mine, other = old_way(account, "passkey"), old_way(account, "passkey")
    resident = Resident(account, ways=(mine,))
    begin(resident)
    answer(resident, "ways-to-sign-in", chosen=[str(mine.pk)])
    assert finish(resident).status_code == 303
    assert list(Authenticator.objects.all()) == [other]
    assert resident.session is None


def test_the_last_way_in_stays(joan: Resident) -> None:
    account = factories.account("only@example.org")
    passkey = old_way(account, "passkey")
    resident = Resident(account, ways=(passkey,))
    begin(resident)
    answer(resident, "ways-to-sign-in", chosen=[str(passkey.pk)])
    assert "no way to sign in left" in finish(resident).text
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    del joan


def test_without_any_address_left_nothing_is_done(joan: Resident) -> None:
    begin(joan)
    answer(joan, email_step(joan.account), fate="unsafe")
    answer(joan, "password", password=NEW_PASSWORD)
    assert "no email address left" in finish(joan).text
    joan.account.refresh_from_db()
    assert joan.account.check_password(PASSWORD)
    assert EmailAddress.objects.get(account=joan.account).unsafe_since is None


def test_an_address_that_was_not_confirmed_is_no_address(joan: Resident) -> None:
    begin(joan)
    answer(joan, email_step(joan.account), fate="remove")
    answer(joan, "new-email", address=NEW)
    assert "not confirmed yet" in joan.get(f"{GUIDE}/check").text
    assert "no email address left" in finish(joan).text


def test_the_new_address_is_the_sign_in_name_where_the_old_one_was(joan: Resident) -> None:
    lose_shared_mailbox(joan)
    finish(joan)
    joan.account.refresh_from_db()
    assert joan.account.sign_in_name == NEW


def test_a_sign_in_name_that_nobody_lost_stays(joan: Resident) -> None:
    Account.objects.update(sign_in_name="joan.w", sign_in_key="joan.w")
    lose_shared_mailbox(joan)
    finish(joan)
    joan.account.refresh_from_db()
    assert joan.account.sign_in_name == "joan.w"


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


def test_a_guide_left_open_for_two_hours_is_over(joan: Resident) -> None:
    begin(joan)
    Leaving.objects.update(expires_at=timezone.now())
    assert joan.get(f"{GUIDE}/device")["Location"] == GUIDE


def test_a_sign_in_that_is_stale_by_the_last_page_is_asked_again_and_nothing_lost(
    joan: Resident,
) -> None:
    begin(joan)
    answer(joan, "freeze", freeze="no")
    Session.objects.update(auth_time=timezone.now() - timedelta(minutes=16))
    assert finish(joan)["Location"].startswith("/sign-in?flow=")
    Session.objects.update(auth_time=timezone.now())
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
