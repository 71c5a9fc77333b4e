"""Name, former name, date of birth and language, one page for each."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, AuditEvent
from accounts.profile.queries import is_minor
from tests.accounts import post
from tests.accounts.profile.emails.resident import Resident, text

pytestmark = pytest.mark.django_db
BIRTH = {"date_of_birth-day": "31", "date_of_birth-month": "3", "date_of_birth-year": "1980"}


@pytest.fixture
def ann() -> Resident:
    return Resident()


def account() -> Account:
    return Account.objects.get()


def test_a_new_name_is_told_of_and_leaves_a_former_one_that_nobody_sees(ann: Resident) -> None:
    response = ann.post("/account/name", full_name="Ann Married")
    assert response["Location"] == "/account/former-name"
    assert (account().full_name, account().former_name) == ("Ann Married", "Ann Example")
    assert not account().shares_former_name
    assert "Your name was changed" in post.newest().text


@pytest.mark.parametrize("decision, left", [("share", "Ann Example"), ("forget", "")])
def test_its_owner_decides_what_becomes_of_a_former_name(
    ann: Resident, decision: str, left: str
) -> None:
    ann.post("/account/name", full_name="Ann Married")
    ann.post("/account/former-name", decision=decision)
    assert account().former_name == left
    assert account().shares_former_name is bool(left)


@pytest.mark.parametrize("typed", ["", "\u200b", "Ann\x00", "A" * 201])
def test_a_name_that_is_none_is_refused_by_the_pattern(ann: Resident, typed: str) -> None:
    response = ann.post("/account/name", full_name=typed)
    assert "There is a problem" in text(response)
    assert account().full_name == "Ann Example"


def test_a_checked_name_that_is_changed_is_self_stated_again(ann: Resident) -> None:
    Account.objects.update(full_name_checked_at=timezone.now())
    assert "Checked by the council on" in text(ann.get("/account"))
    assert "The council has checked your name" in text(ann.get("/account/name"))
    ann.post("/account/name", full_name="Ann Example")
    assert account().full_name_checked_at is not None
    ann.post("/account/name", full_name="Ann Married")
    assert account().full_name_checked_at is None


def test_a_date_of_birth_is_kept_and_can_be_removed_again(ann: Resident) -> None:
    ann.post("/account/date-of-birth", **BIRTH)
    assert account().date_of_birth == date(1980, 3, 31)
    assert "31 March 1980 You told us this" in text(ann.get("/account"))
    assert 'value="1980"' in ann.get("/account/date-of-birth").content.decode()
    ann.post("/account/date-of-birth/remove")
    assert account().date_of_birth is None
    reasons = AuditEvent.objects.filter(event="account:date_of_birth:changed").order_by("pk")
    assert list(reasons.values_list("reason", flat=True)) == ["stated", "removed"]


def test_nobody_younger_than_the_setting_says_may_have_an_account(ann: Resident) -> None:
    year = str(timezone.localdate().year - 5)
    response = ann.post("/account/date-of-birth", **{**BIRTH, "date_of_birth-year": year})
    assert "You must be 13 or older to have an account" in text(response)
    assert account().date_of_birth is None


def test_whoever_says_that_they_are_under_18_is_known_as_such(ann: Resident) -> None:
    assert not is_minor(account())
    year = str(timezone.localdate().year - 15)
    ann.post("/account/date-of-birth", **{**BIRTH, "date_of_birth-year": year})
    assert is_minor(account())


@pytest.mark.parametrize("page", ["date-of-birth", "date-of-birth/remove"])
def test_a_checked_date_of_birth_stays(ann: Resident, page: str) -> None:
    Account.objects.update(date_of_birth=date(1970, 1, 1), date_of_birth_checked_at=timezone.now())
    ann.post(f"/account/{page}", **BIRTH)
    assert account().date_of_birth == date(1970, 1, 1)
    assert "You cannot change it here" in text(ann.get("/account/date-of-birth"))


def test_only_a_language_that_there_is_can_be_chosen(ann: Resident, settings: Settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    page = text(ann.get("/account/language"))
    assert "English" in page
    assert "Cymraeg" in page
    assert "Choose a language" in text(ann.post("/account/language", language="xx"))
    ann.post("/account/language", language="cy")
    assert account().language == "cy"
