"""Suspending an account, and the appeal that somebody else decides."""

import pytest

from accounts.audit.actor import OPERATOR, staff
from accounts.models import Account, AuditEvent
from accounts.suspension.operations import suspend
from idp.console.acts.table import Act
from idp.models import StaffRequest
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import at_work
from tests.idp.console.acts.test_acts import address, do
from tests.idp.console.helping.person import helping
from tests.idp.console.requests.test_requests import ANN, answer, asked, recorded

pytestmark = pytest.mark.django_db


def _appeal_against(account: Account) -> str:
    row, desk = helping(account)
    assert do(desk, row, Act.APPEAL).status_code == 303
    number = StaffRequest.objects.get().pk
    shown = at_work("support_lead")[1].get(f"/staff/requests/{number}")
    return str(shown.content.decode())


class TestSuspending:
    def test_it_needs_a_reason(self) -> None:
        account = factories.account(ANN)
        row, desk = helping(account, roles=("support_lead",))
        assert desk.post(address(row, Act.SUSPEND)).status_code == 200
        account.refresh_from_db()
        assert account.status == "active"
        done = desk.post(address(row, Act.SUSPEND), ground="misuse")
        assert done.status_code == 303
        account.refresh_from_db()
        assert account.status == "suspended"
        event = AuditEvent.objects.get(event="account:staff_act:done")
        assert (event.reason, event.detail["act"]) == ("misuse", "suspend")
        assert desk.post(address(row, Act.SUSPEND), ground="misuse").status_code == 409

    def test_an_appeal_is_not_for_whoever_suspended_it(self) -> None:
        lead, office = at_work("support_lead")
        account = factories.account(ANN)
        suspend(account=account, by=staff(lead.account))
        row, desk = helping(account)
        assert do(desk, row, Act.APPEAL).status_code == 303
        request = StaffRequest.objects.get()
        assert answer(office, request, "mistake").status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["own_decision"]
        assert answer(at_work("support_lead")[1], request, "mistake").status_code == 303
        account.refresh_from_db()
        assert account.status == "active"

    def test_whoever_decides_reads_why_it_was_suspended(self) -> None:
        account = factories.account(ANN)
        first, office = helping(account, roles=("support_lead",), case_reference="BL-33334444")
        office.post(address(first, Act.SUSPEND), ground="misuse")
        page = _appeal_against(account)
        assert "It is used to harm others" in page
        assert "case BL-33334444" in page

    def test_where_the_log_has_no_reason_that_is_said(self) -> None:
        account = factories.account(ANN)
        suspend(account=account, by=OPERATOR)
        assert "ask an operator" in _appeal_against(account)

    def test_an_appeal_that_is_refused_is_told(self) -> None:
        row, _desk = asked(Act.APPEAL)
        answer(at_work("support_lead")[1], row, "still_risk")
        row.account.refresh_from_db()
        assert row.account.status == "suspended"
        assert "it stays suspended" in " ".join(letters()[-1].text.split())

    def test_of_an_account_that_is_not_suspended_there_is_none(self) -> None:
        row, desk = helping(factories.account(ANN))
        assert do(desk, row, Act.APPEAL).status_code == 409

    def test_both_ends_of_an_appeal_may_not_be_one_person(self) -> None:
        row, desk = asked(Act.APPEAL, roles=("support_lead",))
        assert answer(desk, row, "mistake").status_code == 409
