"""What ends a change of email that staff asked for, before and after it was agreed to."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR, resident, staff
from accounts.joining.operations import join
from accounts.models import Account, EmailChange
from accounts.profile.emails.changes import operations as changes
from accounts.profile.emails.changes.due import run
from idp.console.acts.table import Act
from idp.models import StaffRequest
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import at_work
from tests.idp.console.acts.test_acts import do
from tests.idp.console.requests.test_change_of_email import NEW, agreed, confirm, main_of
from tests.idp.console.requests.test_requests import ANN, answer, asked, call_of, recorded
from tests.protocol.residents_endings import proof_of

pytestmark = pytest.mark.django_db


class TestAsked:
    def test_one_person_with_two_staff_accounts_does_not_agree_to_their_own(self) -> None:
        row, _desk = asked(Act.CHANGE_EMAIL)
        lead, office = at_work("support_lead")
        joint = factories.own_account(lead.account)
        factories.email_address(joint, row.asked_by.staff_member.work_email, is_primary=False)
        assert answer(office, row).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["request_same_person"]
        assert not EmailChange.objects.exists()
        assert not letters()

    def test_one_that_nobody_answered_can_be_agreed_to_no_more_and_is_asked_again(self) -> None:
        row, desk = asked(Act.CHANGE_EMAIL)
        StaffRequest.objects.update(expires_at=timezone.now())
        assert answer(at_work("support_lead")[1], row).status_code == 409
        assert not EmailChange.objects.exists()
        assert do(desk, call_of(row), Act.CHANGE_EMAIL).status_code == 303
        row.refresh_from_db()
        assert (row.outcome, row.new_address) == ("lapsed", "")
        assert StaffRequest.objects.get(outcome="").new_address == NEW


class TestAgreed:
    @pytest.mark.parametrize("which", ["closed", "kept"])
    def test_a_join_lets_no_change_of_the_account_that_it_closes_come_about(
        self, which: str
    ) -> None:
        row, change, _desk = agreed()
        confirm()
        other = factories.account("ann.other@example.org")
        closed, kept = (row.account, other) if which == "closed" else (other, row.account)
        session = factories.session(kept)
        proof = proof_of(closed, session)
        join(session=session, proof=proof, keep_other=False, by=resident(kept))
        self.pass_the_wait(change)
        change.refresh_from_db()
        if which == "closed":
            assert change.done_at is None
            assert change.cancelled_at is not None
            assert main_of(other) == "ann.other@example.org"
        else:
            assert change.done_at is not None
            assert main_of(row.account) == NEW

    def test_one_whose_account_was_closed_is_over(self) -> None:
        row, change, _desk = agreed()
        confirm()
        Account.objects.filter(pk=row.account_id).update(status="closed")
        self.pass_the_wait(change)
        change.refresh_from_db()
        assert change.done_at is None

    def test_cancelled_twice_it_is_told_and_recorded_once(self) -> None:
        row, change, _desk = agreed()
        for by in (staff(row.asked_by), OPERATOR):
            changes.cancel(change_id=change.pk, by=by)
        cancelled = [mail for mail in letters() if mail.to == ANN and "cancelled" in mail.text]
        assert len(cancelled) == 1

    def pass_the_wait(self, change: EmailChange) -> None:
        for hours in (12, 24):
            later = change.started_at + timedelta(hours=hours, seconds=1)
            with time_machine.travel(later, tick=False):
                run(now=later)
