"""Ways that wear out: a sheet without codes, and a phone number that nobody used for a year."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Method
from accounts.audit.actor import ANONYMOUS
from accounts.mfa.queries import methods_of
from accounts.mfa.text_messages.operations import send
from accounts.models import Account, NumberedCode, Phone, TextCode
from tests.accounts.mfa.owner import WAYS, Owner
from tests.accounts.signin.second_step.two_steps import TwoSteps, ann
from tests.factories import ways

pytestmark = pytest.mark.django_db

NUMBER = "+447700900123"
YEAR = timedelta(days=365)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def account(settings: Settings) -> Account:
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    return ann()


def test_a_sheet_that_is_used_up_is_not_offered_beside_another_way(account: Account) -> None:
    ways.app(account)
    ways.sheet(account)
    visitor = TwoSteps()
    visitor.first_step()
    assert "Use your printed sheet" in visitor.page("app").content.decode()
    NumberedCode.objects.update(used_at=timezone.now())
    assert "Use your printed sheet" not in visitor.page("app").content.decode()


def test_a_sheet_that_is_used_up_still_asks_for_a_second_step(account: Account) -> None:
    ways.sheet(account)
    NumberedCode.objects.update(used_at=timezone.now())
    assert Method.CODE_SHEET in methods_of(account)
    answer = TwoSteps().first_step()
    assert answer["Location"].startswith("/sign-in/")


def test_its_owner_reads_that_it_is_used_up_and_where_to_get_a_new_one() -> None:
    owner = Owner()
    ways.sheet(owner.account)
    assert "used up" not in owner.get(WAYS).content.decode()
    NumberedCode.objects.update(used_at=timezone.now())
    page = owner.get(WAYS).content.decode()
    assert "It is used up: get a new one." in page
    assert f'href="{WAYS}/code-sheet"' in page


def test_a_number_that_was_not_confirmed_or_used_for_a_year_gets_no_code(account: Account) -> None:
    ways.app(account)
    ways.way(account, "text_message")
    now = timezone.now()
    phone = Phone.objects.create(account=account, number=NUMBER, confirmed_at=now)
    with time_machine.travel(now + YEAR - MINUTE):
        assert Method.TEXT_MESSAGE in methods_of(account)
    with time_machine.travel(now + YEAR):
        assert Method.TEXT_MESSAGE not in methods_of(account)
        send(account=account, browser="", by=ANONYMOUS)
        assert not TextCode.objects.exists()
        visitor = TwoSteps()
        visitor.first_step()
        assert "text message" not in visitor.page("app").content.decode()
        phone.last_used_at = now + MINUTE
        phone.save()
        assert Method.TEXT_MESSAGE in methods_of(account)


def test_its_owner_reads_why_and_is_asked_to_confirm_it(settings: Settings) -> None:
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    owner = Owner()
    ways.app(owner.account)
    ways.way(owner.account, "text_message")
    long_ago = timezone.now() - YEAR
    phone = Phone.objects.create(
        account=owner.account, number=NUMBER, confirmed_at=long_ago, changed_at=long_ago
    )
    assert "No codes are sent at the moment" in owner.get(WAYS).content.decode()
    assert "Is it still yours?" in owner.get("/account").content.decode()
    phone.confirmed_at = timezone.now()
    phone.save()
    assert "No codes are sent at the moment" not in owner.get(WAYS).content.decode()
