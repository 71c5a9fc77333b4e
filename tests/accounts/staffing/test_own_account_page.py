"""Somebody of the staff says which account as a resident is theirs, signed in to both."""

import re

import pytest

from accounts.models import Account, AuditEvent, ColleagueAccount
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response, Visitor

pytestmark = pytest.mark.django_db

PAGE = "/staff/own-account"


def _also_at_home(desk: Desk, account: Account) -> None:
    home = Visitor()
    home.enter(account)
    for name, cookie in home.client.cookies.items():
        if name not in desk.client.cookies:
            desk.client.cookies[name] = cookie.value


def _this_is_me(desk: Desk) -> Response:
    """Press the button of the page as it is shown, if it has one."""
    shown = re.search(r'name="account" value="([^"]*)"', desk.get(PAGE).content.decode())
    return desk.post(PAGE, account=shown[1] if shown else "")


def test_whoever_is_signed_in_to_both_notes_it_once() -> None:
    member, desk = at_work()
    account = factories.account(full_name="<b>Ada")
    _also_at_home(desk, account)
    assert "&lt;b&gt;Ada" in desk.get(PAGE).content.decode()
    for _press in range(2):
        assert desk.post(PAGE, account=str(account.pk)).status_code == 303
    assert ColleagueAccount.objects.get().staff == member.account
    assert "noted as yours" in desk.get(PAGE).content.decode()
    flagged = AuditEvent.objects.filter(account_id=account.pk, event="account:colleague:flagged")
    assert flagged.count() == 1


def test_with_nobody_signed_in_as_a_resident_nothing_is_noted() -> None:
    _member, desk = at_work()
    assert "Nobody is signed in as a resident" in desk.get(PAGE).content.decode()
    assert desk.post(PAGE).status_code == 200
    assert not ColleagueAccount.objects.exists()


def test_a_colleagues_account_is_not_taken_over() -> None:
    colleague = factories.staff_member()
    account = factories.own_account(colleague.account)
    _member, desk = at_work()
    _also_at_home(desk, account)
    page = _this_is_me(desk).content.decode()
    assert "noted as somebody else’s" in page
    assert ColleagueAccount.objects.get().staff == colleague.account


def test_a_made_up_person_is_nobodys_own() -> None:
    _member, desk = at_work()
    made_up = factories.test_resident(factories.organisation())
    _also_at_home(desk, made_up)
    _this_is_me(desk)
    assert not ColleagueAccount.objects.exists()


@pytest.mark.parametrize("posted", ["", "x", "\0", "other", "0" * 9000])
def test_whoever_was_shown_is_noted_and_nobody_who_signed_in_since(posted: str) -> None:
    _member, desk = at_work()
    other, account = factories.account(), factories.account(full_name="Bea Now")
    _also_at_home(desk, account)
    answer = desk.post(PAGE, account=str(other.pk) if posted == "other" else posted)
    assert answer.status_code == 200
    assert "has changed. Look again" in answer.content.decode()
    assert "Bea Now" in answer.content.decode()
    assert not ColleagueAccount.objects.exists()


def test_its_owner_reads_that_it_was_noted() -> None:
    _member, desk = at_work()
    account = factories.account()
    _also_at_home(desk, account)
    _this_is_me(desk)
    page = desk.get("/account/history").content.decode()
    assert "Noted as the account of one of our staff, by one of our staff, Contact centre" in page
