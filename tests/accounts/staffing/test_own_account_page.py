"""Somebody of the staff says which account as a resident is theirs, signed in to both."""

import pytest

from accounts.models import Account, AuditEvent, ColleagueAccount
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

PAGE = "/staff/own-account"


def _also_at_home(desk: Desk, account: Account) -> None:
    home = Visitor()
    home.enter(account)
    for name, cookie in home.client.cookies.items():
        if name not in desk.client.cookies:
            desk.client.cookies[name] = cookie.value


def test_whoever_is_signed_in_to_both_notes_it_once() -> None:
    member, desk = at_work()
    account = factories.account(full_name="<b>Ada")
    _also_at_home(desk, account)
    assert "&lt;b&gt;Ada" in desk.get(PAGE).content.decode()
    for _press in range(2):
        assert desk.post(PAGE).status_code == 303
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
    assert "somebody else" in desk.post(PAGE).content.decode()
    assert ColleagueAccount.objects.get().staff == colleague.account


def test_a_made_up_person_is_nobodys_own() -> None:
    _member, desk = at_work()
    made_up = factories.test_resident(factories.organisation())
    _also_at_home(desk, made_up)
    desk.post(PAGE)
    assert not ColleagueAccount.objects.exists()
