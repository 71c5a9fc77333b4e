"""A code leads to a resident's account alone: to nobody of the staff, in whichever role."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.help_codes.operations import for_message
from accounts.models import Account, AuditEvent, ColleagueAccount, HelpCode, PendingSignIn
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from idp.console.stuck.queries import facts_of
from idp.console.stuck.rules import Status
from idp.models import HelpSession
from tests import factories
from tests.accounts.post import letters
from tests.accounts.signup.browser import Browser
from tests.accounts.staffing.desk import Desk, at_work
from tests.idp.console.helping.person import help_session

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"


def _in_browser_of(account: Account, desk: Desk, browser: str = "b") -> HelpSession:
    """Return a help session by the code of a browser in which the account's password was typed."""
    later = timezone.now() + timedelta(minutes=30)
    PendingSignIn.objects.create(browser_hash=browser, account=account, expires_at=later)
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash=browser, expires_at=later)
    return help_session(desk, None, help_code=code, given="help_code")


def _given() -> AuditEvent:
    return AuditEvent.objects.get(event="account:help_act:done")


@pytest.mark.parametrize("role", ["support", "support_lead"])
@pytest.mark.parametrize("whose", ["own", "colleague", "staff", "made_up"])
def test_a_browser_of_somebody_who_is_no_resident_leads_to_nobody(whose: str, role: str) -> None:
    member, desk = at_work(role)
    account = factories.account(ADDRESS, is_test=whose == "made_up")
    if whose in {"own", "colleague"}:
        owner = member if whose == "own" else factories.staff_member("support")
        ColleagueAccount.objects.create(account=account, staff=owner.account)
    if whose == "staff":
        account = factories.staff_member("support").account
    Account.objects.filter(pk=account.pk).update(status="suspended")
    row = _in_browser_of(account, desk)
    assert facts_of(row).person is None
    assert "This account" not in desk.get(f"/staff/help/{row.pk}").content.decode()
    for act in ("ways-back", "send-again", "lift-limits"):
        assert desk.post(f"/staff/help/{row.pk}/{act}")["Location"].endswith("?done=nowhere")
    assert not letters()


def test_a_residents_browser_leads_to_their_account_which_is_told_what_was_done() -> None:
    account = factories.account(ADDRESS)
    _member, desk = at_work("support")
    row = _in_browser_of(account, desk)
    person = facts_of(row).person
    assert person is not None
    assert person.status is Status.ACTIVE
    desk.get(f"/staff/help/{row.pk}")
    desk.post(f"/staff/help/{row.pk}/lift-limits")
    assert _given().account_id == account.pk
    assert AuditEvent.objects.get(event="account:help_cause:found").account_id == account.pk


def _page_of_a_sign_up(desk: Desk) -> HelpSession:
    browser = Browser()
    browser.begin(ADDRESS)
    held = PendingSignIn.objects.latest("pk").browser_hash
    later = timezone.now() + timedelta(minutes=30)
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash=held, expires_at=later)
    return help_session(desk, None, help_code=code, given="help_code")


def test_what_is_done_by_a_page_for_an_address_is_told_to_its_one_account() -> None:
    account = factories.account(ADDRESS)
    _member, desk = at_work("support")
    row = _page_of_a_sign_up(desk)
    desk.post(f"/staff/help/{row.pk}/ways-back")
    assert _given().account_id == account.pk


@pytest.mark.parametrize("whose", ["own", "colleague"])
def test_nobody_of_the_staff_is_helped_by_the_page_of_a_sign_up(whose: str) -> None:
    """They type their own address, or a colleague's, in a browser beside them."""
    member, desk = at_work("support")
    owner = member if whose == "own" else factories.staff_member("support")
    account = factories.account(ADDRESS)
    ColleagueAccount.objects.create(account=account, staff=owner.account)
    row = _page_of_a_sign_up(desk)
    for act in ("ways-back", "send-again", "lift-limits"):
        assert desk.post(f"/staff/help/{row.pk}/{act}")["Location"].endswith("?done=nowhere")


@pytest.mark.parametrize("template", [Template.STAFF_MANY_LOOKS, Template.SECURITY_NOTICE])
def test_the_code_of_a_mail_to_the_staff_is_not_found(template: Template) -> None:
    other = factories.staff_member("support_lead")
    mail = queue(template=template, address=other.work_email, language="en", account=other.account)
    code = for_message(mail)
    _member, desk = at_work("support_lead")
    answer = _begin(desk, code.code)
    assert "has this code or reference now" in answer.content.decode()
    assert not HelpSession.objects.exists()


def _begin(desk: Desk, typed: str) -> Any:  # noqa: ANN401 - the test client's own response
    return desk.post("/staff/help", typed=typed, reason="cannot_sign_in", channel="phone")
