"""Where a code is mailed to, and how often."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.limits.table import (
    SIGN_IN_MAIL,
    SIGN_IN_MAIL_DAILY,
    SIGN_IN_MAIL_NAME,
    SIGN_IN_MAIL_NETWORK,
)
from accounts.models import Account
from tests.accounts import post
from tests.accounts.signin.mailed_code.guest import NAME, NOBODY, Guest
from tests.factories import people

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


def test_a_code_is_never_mailed_to_an_unsafe_address(account: Account) -> None:
    account.email_addresses.update(unsafe_since=NOON)
    Guest().send()
    assert post.letters() == []


def test_it_goes_to_another_safe_address_instead(account: Account) -> None:
    account.email_addresses.update(unsafe_since=NOON)
    people.email_address(account, "safe@example.org", is_primary=False)
    Guest().send()
    assert [letter.to for letter in post.letters()] == ["safe@example.org"]


def test_a_code_from_an_address_that_became_unsafe_or_went_is_wrong(account: Account) -> None:
    for change in ({"unsafe_since": NOON}, {"address_key": "other@example.org"}):
        account.email_addresses.update(unsafe_since=None, address_key=NAME)
        guest = Guest()
        guest.send()
        code = post.newest().code
        account.email_addresses.update(**change)
        assert guest.code(code).status_code == 200
        assert "another way first" in guest.password().content.decode()


def test_a_closed_account_is_mailed_nothing(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(status="closed")
    Guest().send()
    assert post.letters() == []


@pytest.mark.usefixtures("account")
def test_a_mail_that_would_come_too_late_is_not_sent() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Guest().send()
        clock.shift(settings.SIGN_IN_CODE_LIFETIME)
        assert post.letters() == []


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_mails_for_one_name_are_limited_from_one_place_and_from_all(
    account: Account, name: str
) -> None:
    del account
    guest = Guest()
    for _time in range(SIGN_IN_MAIL.amount):
        assert guest.send(name).status_code == 302
    refused = guest.send(name)
    assert (refused.status_code, "Retry-After" in refused) == (429, True)
    sent = SIGN_IN_MAIL.amount
    for number in range(SIGN_IN_MAIL_NAME.amount - sent):
        assert Guest(f"198.51.100.{number}").send(name).status_code == 302
    assert Guest("203.0.113.1").send(name).status_code == 429


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_a_mailbox_gets_no_more_than_ten_of_them_a_day(account: Account, name: str) -> None:
    del account
    with time_machine.travel(NOON, tick=False) as clock:
        sent = 0
        for hour in range(23):
            for number in range(3):
                answer = Guest(f"198.51.{hour}.{number}").send(name)
                sent += answer.status_code == 302
            clock.shift(timedelta(hours=1))
        assert sent == SIGN_IN_MAIL_DAILY.amount
        clock.shift(timedelta(hours=1))
        assert Guest("203.0.113.1").send(name).status_code == 302


@pytest.mark.usefixtures("account")
def test_over_many_mails_from_one_network_each_name_gets_one_a_day_and_nobody_is_left_out() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(SIGN_IN_MAIL_NETWORK.amount):
            assert Guest().send(f"reader{number}@example.org").status_code == 302
        assert Guest().send(NAME).status_code == 302
        assert Guest().send(NAME).status_code == 429
        assert Guest("203.0.113.9").send(NAME).status_code == 302
        assert len(post.letters()) == 2
        clock.shift(SIGN_IN_MAIL_NETWORK.window)
        assert Guest().send(NAME).status_code == 302


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_whoever_may_have_no_new_mail_is_sent_to_the_newest_one(
    account: Account, name: str
) -> None:
    del account
    with time_machine.travel(NOON, tick=False):
        answers = [Guest().send(name) for _time in range(SIGN_IN_MAIL.amount + 1)]
    page = answers[-1].content.decode()
    assert "You can carry on at 1:00pm, in 60 minutes" in page
    assert "Open the newest one and choose its link" in page


@pytest.mark.usefixtures("account")
def test_another_name_or_another_sign_in_makes_no_mail_to_the_owner_vanish() -> None:
    people.account("thief@example.org", password=people.PASSWORD)
    thief = Guest("203.0.113.9")
    thief.send()
    thief.send(NOBODY)
    thief.password("thief@example.org")
    assert thief.session is not None
    assert [letter.to for letter in post.letters()] == [NAME]
