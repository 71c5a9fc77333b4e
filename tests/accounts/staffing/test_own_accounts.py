"""Operators note which residents' accounts are the staff's own."""

import pytest

from accounts.models import Account, AuditEvent, ColleagueAccount, StaffMember
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db
ADA = "ada@council.example"
OWN = "ada.at.home@example.org"


@pytest.fixture
def ada() -> StaffMember:
    return factories.staff_member(address=ADA)


@pytest.fixture
def own() -> Account:
    return factories.account(OWN)


def _events() -> list[str]:
    rows = AuditEvent.objects.filter(event__startswith="account:colleague")
    return list(rows.order_by("pk").values_list("event", flat=True))


def test_an_account_is_noted_listed_and_dropped(ada: StaffMember, own: Account) -> None:
    for _twice in range(2):
        run("staff", "own-account", ADA, OWN)
    assert ColleagueAccount.objects.get().staff == ada.account
    assert OWN not in str(run("staff", "own-accounts"))
    assert str(own.pk) in str(run("staff", "own-accounts"))
    run("staff", "drop-own-account", str(own.pk))
    assert _events() == ["account:colleague:flagged", "account:colleague:unflagged"]
    assert not ColleagueAccount.objects.exists()


@pytest.mark.usefixtures("ada", "own")
def test_who_or_what_is_not_there_is_refused() -> None:
    for words in (
        ("own-account", "bob@council.example", OWN),
        ("own-account", ADA, "nobody@example.org"),
        ("own-account", ADA, ADA),
        ("drop-own-account", OWN),
    ):
        refused("staff", *words)
    assert _events() == []


def test_no_staff_account_and_no_made_up_one_is_anybodys_own(ada: StaffMember) -> None:
    made_up = factories.account(is_test=True)
    for account in (ada.account, made_up):
        refused("staff", "own-account", ADA, str(account.pk))
    assert not ColleagueAccount.objects.exists()


@pytest.mark.usefixtures("ada", "own")
def test_a_colleagues_account_is_taken_over_by_nobody() -> None:
    factories.staff_member(address="bob@council.example")
    run("staff", "own-account", ADA, OWN)
    refused("staff", "own-account", "bob@council.example", OWN)
    assert ColleagueAccount.objects.get().staff.staff_member.work_email == ADA
