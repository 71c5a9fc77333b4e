"""What needs a second person is asked for by one of the staff, and decided by another."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.models import (
    Account,
    AuditEvent,
    ColleagueAccount,
    RecoveryRequest,
)
from accounts.recovery.waiting.operations import cancel
from idp.console.acts.table import Act
from idp.console.helping.rules import Tier
from idp.models import HelpSession, StaffRequest
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.acts.test_acts import do
from tests.idp.console.helping.person import help_session, helping

pytestmark = pytest.mark.django_db
ANN = "ann@example.org"


def asked(act: Act = Act.RESET_WAYS, **columns: Any) -> tuple[StaffRequest, Desk]:
    """Return what an agent asked for, and the agent's desk."""
    account = factories.account(ANN, status="suspended" if act is Act.APPEAL else "active")
    row, desk = helping(account, Tier.OWNER, **columns)
    assert do(desk, row, act).status_code == 303
    return StaffRequest.objects.get(), desk


def answer(desk: Desk, row: StaffRequest, reason: str = "checked") -> Response:
    return desk.post(f"/staff/requests/{row.pk}", reason=reason)


def call_of(row: StaffRequest) -> HelpSession:
    assert row.help_session is not None
    return row.help_session


def recorded(kind: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=f"account:staff_request:{kind}").order_by("pk"))


class TestReset:
    def test_two_people_begin_the_wait_and_the_code_is_given_meanwhile(self) -> None:
        row, desk = asked()
        assert not RecoveryRequest.objects.exists()
        assert not letters()
        lead, office = at_work("support_lead")
        assert "1 request waits" in office.get("/staff/requests").content.decode()
        assert answer(office, row)["Location"] == "/staff/requests"
        row.refresh_from_db()
        assert (row.outcome, row.decided_by, row.reason) == ("agreed", lead.account, "checked")
        wait = RecoveryRequest.objects.get()
        assert row.recovery == wait
        assert (wait.rung, wait.state, wait.code_hash) == ("counter", "waiting", "")
        assert wait.opens_at == wait.started_at + timedelta(hours=24)
        assert [letter.to for letter in letters()] == [ANN]
        call = call_of(row)
        assert "You see it only now" in do(desk, call, Act.GIVE_CODE).content.decode()
        wait.refresh_from_db()
        assert wait.code_hash
        assert "Agreed" in desk.get("/staff/requests/mine").content.decode()
        (event,) = recorded("agreed")
        assert (event.actor_id, event.reason) == (str(lead.account_id), "checked")
        assert event.case_reference == row.case_reference

    def test_it_is_over_when_its_owner_cancels(self) -> None:
        row, desk = asked()
        answer(at_work("support_lead")[1], row)
        wait = RecoveryRequest.objects.get()
        assert cancel(request=wait, by=staff(row.account)) is None
        call = call_of(row)
        assert do(desk, call, Act.GIVE_CODE).status_code == 409

    def test_refusing_changes_nothing(self) -> None:
        row, _desk = asked()
        answer(at_work("support_lead")[1], row, "pressed")
        row.refresh_from_db()
        assert (row.outcome, row.reason) == ("refused", "pressed")
        assert not RecoveryRequest.objects.exists()
        assert not letters()

    def test_where_it_cannot_begin_the_request_goes_on_waiting(self) -> None:
        row, _desk = asked()
        Account.objects.filter(pk=row.account_id).update(status="suspended")
        assert answer(at_work("support_lead")[1], row).status_code == 409
        row.refresh_from_db()
        assert not row.outcome
        assert [event.reason for event in recorded("stopped")] == ["recovery_not_possible"]

    def test_asked_twice_it_waits_once(self) -> None:
        row, desk = asked()
        call = call_of(row)
        assert do(desk, call, Act.RESET_WAYS).status_code == 409
        assert StaffRequest.objects.count() == 1

    def test_with_others_on_the_call_the_person_is_rung_back_first(self) -> None:
        account = factories.account(ANN)
        row, desk = helping(account, Tier.OWNER, others=["interpreter"])
        assert do(desk, row, Act.RESET_WAYS).status_code == 409
        HelpSession.objects.filter(pk=row.pk).update(called_back_at=timezone.now())
        assert do(desk, row, Act.RESET_WAYS).status_code == 303

    def test_whoever_decides_reads_who_was_there_where_and_whether_they_were_rung_back(
        self,
    ) -> None:
        now = timezone.now()
        row, _desk = asked(others=[], had_others=["advocate"], called_back_at=now)
        assert (row.others, row.channel, row.called_back_at) == (["advocate"], "phone", now)
        _lead, office = at_work("support_lead")
        page = office.get(f"/staff/requests/{row.pk}").content.decode()
        for words in (
            "A relative, friend or advocate",
            "On the phone",
            "on the account’s own phone, and they talked alone",
        ):
            assert words in page

    def test_whoever_decides_reads_that_nobody_else_was_there(self) -> None:
        row, _desk = asked(channel="counter", known_by="counter")
        _lead, office = at_work("support_lead")
        page = office.get(f"/staff/requests/{row.pk}").content.decode()
        for words in ("Nobody, as your colleague noted", "At a counter", "They were not"):
            assert words in page


class TestWhoDecides:
    def test_never_whoever_asked(self) -> None:
        row, desk = asked(roles=("support_lead",))
        shown = desk.get(f"/staff/requests/{row.pk}").content.decode()
        assert "You asked for this yourself" in shown
        assert answer(desk, row).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["own_request"]

    def test_never_somebody_who_may_be_the_same_person(self) -> None:
        row, _desk = asked()
        lead, office = at_work("support_lead")
        joint = factories.own_account(lead.account)
        factories.email_address(joint, row.asked_by.staff_member.work_email, is_primary=False)
        assert answer(office, row).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["request_same_person"]

    def test_never_about_ones_own_account(self) -> None:
        row, _desk = asked(roles=("support_lead",))
        lead, office = at_work("support_lead")
        ColleagueAccount.objects.create(account=row.account, staff=lead.account)
        assert answer(office, row).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["own_record"]

    @pytest.mark.parametrize("role", ["support", "auditor", "owner", "approver"])
    def test_nobody_without_the_permission(self, role: str) -> None:
        row, _desk = asked()
        assert answer(at_work(role)[1], row).status_code == 404
        assert answer(Desk(), row)["Location"].startswith("/staff/sign-in")

    def test_only_soon_after_signing_in(self) -> None:
        row, _desk = asked()
        _lead, office = at_work("support_lead", signed_in_at=timezone.now() - timedelta(minutes=16))
        assert answer(office, row)["Location"].startswith("/staff/sign-in")
        assert not RecoveryRequest.objects.exists()

    def test_of_two_who_decide_the_second_is_told(self) -> None:
        row, _desk = asked()
        assert answer(at_work("support_lead")[1], row).status_code == 303
        late = answer(at_work("support_lead")[1], row, "pressed")
        assert late.status_code == 409
        assert "Somebody else has decided this already" in late.content.decode()
        assert RecoveryRequest.objects.count() == 1

    def test_a_reason_that_is_none_decides_nothing(self) -> None:
        row, _desk = asked()
        _lead, office = at_work("support_lead")
        for reason in ("", "mistake", "x" * 5000, "\x00"):
            assert answer(office, row, reason).status_code == 200
        row.refresh_from_db()
        assert not row.outcome


def test_a_help_session_of_a_second_person_is_no_shortcut() -> None:
    row, _desk = asked()
    lead, office = at_work("support_lead")
    call = help_session(office, row.account, Tier.OWNER)
    assert do(office, call, Act.RESET_WAYS).status_code == 409
    assert do(office, call, Act.GIVE_CODE).status_code == 409
    assert lead.account_id != row.asked_by_id
