"""Where a code is mailed to, and how often."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings

from accounts.limits.table import SIGN_IN_MAIL, SIGN_IN_MAIL_DAILY, SIGN_IN_MAIL_NAME
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
    assert SIGN_IN_MAIL_DAILY.amount <= 20
