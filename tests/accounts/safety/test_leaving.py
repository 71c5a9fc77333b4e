"""The guide for when people part: what it asks, keeps, does and lets nobody know."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import (
    Account,
    Authenticator,
    EmailAddress,
    Leaving,
    OutboundMessage,
    RememberedDevice,
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
    mailed_to,
)
from tests.accounts.safety.resident import Resident, old_way, strong
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def joan() -> Resident:
    return strong(SHARED)


def remembered(account: Account, browser: str = "Chrome on Android") -> RememberedDevice:
    return RememberedDevice.objects.create(
        account=account,
        token_hash="x",
        started_on=browser,
        expires_at=timezone.now() + timedelta(days=1),
    )


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


def test_the_last_page_names_all_that_was_chosen(joan: Resident) -> None:
    tablet = factories.session(joan.account, started_on="Safari on iPad")
    factories.session(joan.account, started_on="Firefox on Linux")
    device = remembered(joan.account)
    sheet = old_way(joan.account, "code_sheet", label="KRM")
    begin(joan)
    answer(joan, "signed-in", chosen=[f"session-{tablet.pk}", f"device-{device.pk}"])
    answer(joan, "ways-to-sign-in", chosen=[str(sheet.pk)])
    text = joan.get(f"{GUIDE}/check").text
    assert "Safari on iPad (Signed in on" in text
    assert "Chrome on Android, which we remember (Since" in text
    assert "Firefox on Linux" not in text
    assert "Printed sheet of codes: KRM (Added on" in text


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
    device = remembered(joan.account, "Safari on iPad")
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
