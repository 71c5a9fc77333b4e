"""Staff begin to help by the whole of a code, an address or a reference, and say why."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.help_codes.operations import for_message
from accounts.limits.table import HELP_LOOKS, HELP_MISSES
from accounts.models import (
    AuditEvent,
    ColleagueAccount,
    HelpCode,
    OutboundMessage,
    StaffMember,
)
from accounts.notices.news import News
from accounts.notices.operations import tell
from idp.models import HelpSession
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response

pytestmark = pytest.mark.django_db

BEGIN = "/staff/help"


def _ask(desk: Desk, typed: str, **values: Any) -> Response:
    given = {"typed": typed, "reason": "cannot_sign_in", "channel": "phone"}
    return desk.post(BEGIN, **(given | values))


def _agent(*roles: str) -> tuple[StaffMember, Desk]:
    return at_work(*(roles or ("support",)))


def _browser_code(code: str = "CDFGHJKM") -> HelpCode:
    later = timezone.now() + timedelta(minutes=30)
    return HelpCode.objects.create(code=code, browser_hash="b", expires_at=later)


def _recorded(event: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event).order_by("pk"))


@pytest.mark.parametrize("typed", ["CDFGHJKM", "cdfg-hjkm", " CDFG HJKM "])
def test_a_help_code_leads_to_what_happened_and_to_nobody(typed: str) -> None:
    code = _browser_code()
    _member, desk = _agent()
    answer = _ask(desk, typed)
    row = HelpSession.objects.get()
    assert answer["Location"] == f"/staff/help/{row.pk}"
    assert (row.given, row.help_code, row.account, row.tier) == ("help_code", code, None, 0)
    [event] = _recorded("account:help:started")
    assert (event.help_code, event.account_id, event.reason) == (code.code, None, "cannot_sign_in")
    assert event.case_reference == row.case_reference
    assert event.detail == {"role": "support", "tier": 0}
    assert desk.get(answer["Location"]).status_code == 200


def test_a_mails_help_code_leads_to_its_account_which_sees_that_somebody_looked() -> None:
    account = factories.account()
    tell(account=account, news=News.SUSPENDED)
    code = for_message(OutboundMessage.objects.get())
    _member, desk = _agent()
    _ask(desk, code.code)
    assert HelpSession.objects.get().account == account
    assert [event.account_id for event in _recorded("account:help:started")] == [account.pk]


def test_an_address_leads_to_its_one_account_however_it_is_spelt() -> None:
    account = factories.account("ada@example.org")
    _member, desk = _agent()
    _ask(desk, "Ada@Example.org")
    row = HelpSession.objects.get()
    assert (row.given, row.account, row.address_key) == ("address", account, "ada@example.org")


def test_an_address_of_two_accounts_and_one_of_none_name_nobody() -> None:
    for _each in range(2):
        factories.email_address(factories.account(), "shared@example.org", is_primary=False)
    _member, desk = _agent()
    for typed in ("shared@example.org", "nobody@example.org"):
        _ask(desk, typed)
        assert HelpSession.objects.get(ended_at=None).account is None


def test_neither_staff_nor_made_up_people_are_found() -> None:
    staff = factories.staff_member("support")
    made_up = factories.account(is_test=True)
    _member, desk = _agent()
    for typed in (staff.account.sign_in_key, made_up.sign_in_name):
        _ask(desk, typed)
    assert not HelpSession.objects.filter(account__isnull=False).exists()


@pytest.mark.parametrize("typed", ["", "CDFGHJK9", "ada", "a\0b@example.org", "x" * 255])
def test_what_leads_nowhere_is_said_at_the_field(typed: str) -> None:
    _member, desk = _agent()
    answer = _ask(desk, typed)
    assert answer.status_code == 200
    assert not HelpSession.objects.exists()


def test_an_expired_help_code_leads_nowhere() -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        _browser_code()
    _member, desk = _agent()
    assert "has this code or reference now" in _ask(desk, "CDFGHJKM").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"reason": ""},
        {"reason": "curious"},
        {"channel": "pub"},
        {"others": "spouse"},
        {"case_reference": "Mrs Ada Lee"},
        {"case_reference": "no number"},
        {"case_reference": "1" * 41},
    ],
)
def test_without_a_reason_of_the_list_nobody_looks(values: dict[str, str]) -> None:
    _browser_code()
    _member, desk = _agent()
    assert _ask(desk, "CDFGHJKM", **values).status_code == 200
    assert not HelpSession.objects.exists()


def test_a_case_reference_may_be_typed_and_is_made_otherwise() -> None:
    _browser_code()
    _member, desk = _agent()
    _ask(desk, "CDFGHJKM", case_reference="CRM/2026-17")
    assert HelpSession.objects.get().case_reference == "CRM/2026-17"
    _ask(desk, "CDFGHJKM")
    assert HelpSession.objects.get(ended_at=None).case_reference.startswith("BL-")


def test_beginning_again_ends_what_was_begun_before() -> None:
    _browser_code()
    _member, desk = _agent()
    first = _ask(desk, "CDFGHJKM")["Location"]
    _ask(desk, "CDFGHJKM")
    assert HelpSession.objects.filter(ended_at=None).count() == 1
    assert desk.get(first).status_code == 403
    assert len(_recorded("account:help:ended")) == 1


@pytest.mark.parametrize("role", ["support", "support_lead"])
def test_nobody_opens_their_own_record(role: str) -> None:
    member, desk = _agent(role)
    own = factories.account("own@example.org")
    ColleagueAccount.objects.create(account=own, staff=member.account)
    at_mailbox = factories.account(member.work_email)
    for typed in ("own@example.org", member.work_email):
        assert "your own account" in _ask(desk, typed).content.decode()
    assert not HelpSession.objects.exists()
    refused = _recorded("account:help:refused")
    assert [event.account_id for event in refused] == [own.pk, at_mailbox.pk]
    assert {event.reason for event in refused} == {"own_record"}


def test_a_colleagues_flag_makes_nobodys_own_record_a_colleagues() -> None:
    lead, office = at_work("support_lead")
    colleague = factories.staff_member("support")
    own = factories.account(lead.work_email)
    ColleagueAccount.objects.create(account=own, staff=colleague.account)
    assert "your own account" in _ask(office, lead.work_email).content.decode()


def test_a_colleagues_record_is_for_a_support_lead() -> None:
    colleague = factories.staff_member("support")
    account = factories.account("colleague@example.org")
    ColleagueAccount.objects.create(account=account, staff=colleague.account)
    _member, desk = _agent("support")
    assert "somebody you work with" in _ask(desk, "colleague@example.org").content.decode()
    assert not HelpSession.objects.exists()
    _lead, office = _agent("support_lead")
    _ask(office, "colleague@example.org")
    row = HelpSession.objects.get()
    assert (row.account, row.role) == (account, "support_lead")


def test_looking_up_many_stops_for_a_while() -> None:
    _member, desk = _agent()
    for _try in range(HELP_MISSES.amount):
        assert _ask(desk, "CDFGHJK9").status_code == 200
    assert _ask(desk, "CDFGHJK9").status_code == 429
    _browser_code()
    for _try in range(HELP_LOOKS.amount - HELP_MISSES.amount - 1):
        assert _ask(desk, "CDFGHJKM").status_code == 303
    assert _ask(desk, "CDFGHJKM").status_code == 429
