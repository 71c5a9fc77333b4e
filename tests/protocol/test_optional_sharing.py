"""Nobody under age is asked for details that a service wants only if they like."""

from datetime import date

import pytest
import time_machine
from pytest_django import Settings

from accounts.models import Account
from clients.models import ApplicationScope
from idp.consent.rules import years_old
from idp.models import Consent, Grant
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, main_text, path, sent

BORN = date(2010, 6, 15)
EVE = "2028-06-14T12:00Z"
BIRTHDAY = "2028-06-15T12:00Z"


@pytest.fixture
def choosy() -> Partner:
    """Return an application that needs a name, and would like an email address."""
    partner = Partner.confidential()
    ApplicationScope.objects.filter(application=partner.application, scope="email").update(
        lawful_basis="consent"
    )
    return partner


@pytest.fixture
def young() -> Account:
    return factories.account("kim@example.org", password=factories.PASSWORD, date_of_birth=BORN)


def agreed(resident: Resident, partner: Partner) -> set[str]:
    """Share what is asked for, and return the scopes of the agreement and the code alike."""
    assert "code" in resident.answer(partner.application)
    scopes = set(Consent.objects.latest("granted_at").scopes)
    assert set(Grant.objects.latest("pk").scope.split()) == scopes
    return scopes


@time_machine.travel(EVE)
def test_a_child_shares_what_is_needed_and_is_not_asked_for_more(
    resident: Resident, choosy: Partner, young: Account
) -> None:
    resident.sign_in(young)
    page = resident.ask(choosy.application)
    assert path(page) == "/consent"
    assert "kim@example.org" not in main_text(page).partition("will get:")[2]
    assert agreed(resident, choosy) == {"openid", "profile"}


@time_machine.travel(EVE)
def test_no_request_asks_a_child_again_for_what_was_left_out(
    resident: Resident, choosy: Partner, young: Account
) -> None:
    resident.sign_in(young)
    agreed(resident, choosy)
    assert "code" in sent(resident.ask(choosy.application, prompt="none"))


@time_machine.travel(EVE)
def test_what_a_public_task_needs_is_asked_of_everybody(
    resident: Resident, partner: Partner, young: Account
) -> None:
    resident.sign_in(young)
    assert "email" in agreed(resident, partner)


@time_machine.travel(BIRTHDAY)
def test_from_the_birthday_on_it_is_asked_for(
    resident: Resident, choosy: Partner, young: Account
) -> None:
    resident.sign_in(young)
    assert "email" in agreed(resident, choosy)


@time_machine.travel(EVE)
def test_so_it_is_where_nothing_is_known_of_the_age(
    resident: Resident, choosy: Partner, account: Account
) -> None:
    resident.sign_in(account)
    assert "email" in agreed(resident, choosy)


@time_machine.travel(EVE)
def test_the_age_is_a_setting(
    resident: Resident, choosy: Partner, young: Account, settings: Settings
) -> None:
    settings.OPTIONAL_SHARING_AGE = 16
    resident.sign_in(young)
    assert "email" in agreed(resident, choosy)


@time_machine.travel(EVE)
def test_who_signs_in_is_never_optional(resident: Resident, young: Account) -> None:
    partner = Partner.confidential()
    ApplicationScope.objects.filter(application=partner.application).update(lawful_basis="consent")
    resident.sign_in(young)
    assert agreed(resident, partner) == {"openid"}


@pytest.mark.parametrize(
    "born, on, years",
    [
        (date(2010, 6, 15), date(2028, 6, 14), 17),
        (date(2010, 6, 15), date(2028, 6, 15), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2010, 12, 31), date(2011, 1, 1), 0),
    ],
)
def test_an_age_is_counted_in_whole_years(born: date, on: date, years: int) -> None:
    assert years_old(born, on=on) == years
