"""What nobody can decide any more, and what is late."""

import pytest
from django.utils import timezone

from accounts.models import (
    Account,
    ColleagueAccount,
    RecoveryRequest,
    StaffRole,
)
from idp.console.acts.table import Act
from idp.models import StaffRequest
from tests.accounts.staffing.desk import at_work
from tests.idp.console.acts.test_acts import do
from tests.idp.console.requests.test_requests import answer, asked, call_of, recorded

pytestmark = pytest.mark.django_db


class TestWhatNobodyDecides:
    def test_what_somebody_asked_who_lost_the_role(self) -> None:
        row, desk = asked()
        StaffRole.objects.filter(account=row.asked_by).delete()
        _lead, office = at_work("support_lead")
        assert "Nothing waits" in office.get("/staff/requests").content.decode()
        assert answer(office, row).status_code == 409
        assert desk.get("/staff/requests/mine").status_code == 404

    @pytest.mark.parametrize("whose", ["own", "colleagues"])
    def test_what_somebody_asked_for_an_account_that_turns_out_not_to_be_theirs_to_see(
        self, whose: str
    ) -> None:
        row, desk = asked()
        other, _desk = at_work("support")
        owner = row.asked_by if whose == "own" else other.account
        ColleagueAccount.objects.create(account=row.account, staff=owner)
        _lead, office = at_work("support_lead")
        assert "Nothing waits" in office.get("/staff/requests").content.decode()
        shown = office.get(f"/staff/requests/{row.pk}").content.decode()
        assert "may not look at this account" in shown
        assert answer(office, row).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["request_asker_may_not_look"]
        assert not RecoveryRequest.objects.exists()
        assert desk.get("/staff/requests/mine").status_code == 200

    def test_what_a_lead_asked_for_a_colleague_is_decided(self) -> None:
        row, _desk = asked(roles=("support_lead",))
        other, _desk = at_work("support")
        ColleagueAccount.objects.create(account=row.account, staff=other.account)
        assert answer(at_work("support_lead")[1], row).status_code == 303

    def test_what_somebody_asked_whose_account_is_stopped(self) -> None:
        row, _desk = asked()
        Account.objects.filter(pk=row.asked_by_id).update(status="suspended")
        assert answer(at_work("support_lead")[1], row).status_code == 409

    def test_what_is_a_week_old(self) -> None:
        row, desk = asked()
        StaffRequest.objects.update(expires_at=timezone.now())
        assert answer(at_work("support_lead")[1], row).status_code == 409
        call = call_of(row)
        assert do(desk, call, Act.RESET_WAYS).status_code == 303
        assert set(StaffRequest.objects.values_list("outcome", flat=True)) == {"lapsed", ""}

    def test_what_its_asker_took_back(self) -> None:
        row, desk = asked()
        _other, stranger = at_work("support")
        assert stranger.post(f"/staff/requests/{row.pk}/withdraw").status_code == 404
        assert desk.post(f"/staff/requests/{row.pk}/withdraw").status_code == 303
        assert answer(at_work("support_lead")[1], row).status_code == 409
        row.refresh_from_db()
        assert row.outcome == "withdrawn"

    def test_what_waits_longer_than_two_hours_is_marked(self) -> None:
        asked()
        StaffRequest.objects.update(due_at=timezone.now())
        _lead, office = at_work("support_lead")
        assert "Overdue" in office.get("/staff/requests").content.decode()
