"""Support leads answer complaints, the most urgent first, and never about themselves."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import resident, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.complaints import operations as complaints
from accounts.models import (
    Account,
    AuditEvent,
    ColleagueAccount,
    Complaint,
    Protection,
    ProtectionLead,
    StaffMember,
)
from idp.console.answering.rules import Refusal, refusal_to_answer
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response

pytestmark = pytest.mark.django_db

QUEUE = "/staff/complaints"
TEXT = "You <b>told</b> my brother where I live"


def _complaint(account: Account | None = None) -> Complaint:
    account = account or factories.account()
    return complaints.make(
        account=account, kind=Complaint.Kind.USE, text=TEXT, by=resident(account)
    )


def _lead() -> tuple[StaffMember, Desk]:
    return at_work("support_lead")


def _answer(desk: Desk, code: str, **values: Any) -> Response:
    given = {"outcome": "upheld", "text": "We are sorry."}
    return desk.post(f"{QUEUE}/{code}", **(given | values))


@pytest.mark.parametrize(
    "their_own, looked, may_see, refusal",
    [
        (False, False, True, None),
        (True, False, True, Refusal.THEIR_OWN),
        (False, True, True, Refusal.LOOKED_BEFORE),
        (False, False, False, Refusal.PROTECTED),
    ],
)
def test_whom_a_complaint_is_for(
    *, their_own: bool, looked: bool, may_see: bool, refusal: Refusal | None
) -> None:
    said = refusal_to_answer(is_their_own=their_own, looked_before=looked, may_see_contacts=may_see)
    assert said is refusal


def test_the_most_urgent_comes_first_and_what_was_written_is_not_in_the_list() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        late = _complaint()
    newer = _complaint()
    _member, desk = _lead()
    page = desk.get(QUEUE).content.decode()
    assert page.index(late.code) < page.index(newer.code)
    assert page.count("Late") == 1
    assert "my brother" not in page


def test_reading_one_is_recorded_and_shows_it_as_it_was_written() -> None:
    complaint = _complaint()
    member, desk = _lead()
    page = desk.get(f"{QUEUE}/{complaint.code}").content.decode()
    assert "You &lt;b&gt;told&lt;/b&gt; my brother" in page
    event = AuditEvent.objects.get(event="account:complaint:read")
    assert (event.actor_id, event.account_id) == (str(member.pk), complaint.account_id)
    assert event.object_id == complaint.code


def test_an_answer_reaches_its_owner() -> None:
    complaint = _complaint()
    member, desk = _lead()
    assert _answer(desk, complaint.code)["Location"] == QUEUE
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.answer) == ("upheld", "We are sorry.")
    assert AuditEvent.objects.get(event="account:complaint:answered").actor_id == str(member.pk)
    assert len(letters()) == 2


def test_of_two_who_answer_the_first_does() -> None:
    complaint = _complaint()
    _member, desk = _lead()
    _answer(desk, complaint.code)
    page = _answer(desk, complaint.code, text="Another answer").content.decode()
    assert "Somebody else has answered" in page
    complaint.refresh_from_db()
    assert complaint.answer == "We are sorry."


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": ""},
        {"outcome": "maybe"},
        {"outcome": "upheld\0"},
        {"text": ""},
        {"text": "a\0b"},
        {"text": "x" * 5000},
    ],
)
def test_an_answer_that_is_none_is_not_sent(values: dict[str, str]) -> None:
    complaint = _complaint()
    _member, desk = _lead()
    assert _answer(desk, complaint.code, **values).status_code == 200
    complaint.refresh_from_db()
    assert complaint.answered_at is None


@pytest.mark.parametrize("code", ["CDFGHJK9", "x", "x" * 300])
def test_there_is_no_page_of_an_unknown_one(code: str) -> None:
    _member, desk = _lead()
    assert desk.get(f"{QUEUE}/{code}").status_code == 404


def test_agents_and_auditors_see_none() -> None:
    complaint = _complaint()
    for role in ("support", "auditor", "owner"):
        _member, desk = at_work(role)
        assert desk.get(QUEUE).status_code == 404
        assert _answer(desk, complaint.code).status_code == 404


class TestForSomebodyElse:
    def _refused(self, desk: Desk, complaint: Complaint) -> None:
        page = desk.get(f"{QUEUE}/{complaint.code}")
        assert page.status_code == 403
        assert "my brother" not in page.content.decode()
        assert _answer(desk, complaint.code).status_code == 403
        complaint.refresh_from_db()
        assert complaint.answered_at is None
        assert not AuditEvent.objects.filter(event="account:complaint:read").exists()
        tries = AuditEvent.objects.filter(event="account:complaint:refused").order_by("pk")
        assert len({event.reason for event in tries}) == 1
        assert tries.count() == 2

    def test_ones_own(self) -> None:
        member, desk = _lead()
        account = factories.account()
        ColleagueAccount.objects.create(account=account, staff=member.account)
        self._refused(desk, _complaint(account))

    @pytest.mark.parametrize("days, is_refused", [(1, True), (29, True), (31, False)])
    def test_one_by_somebody_whom_they_helped_before(self, days: int, *, is_refused: bool) -> None:
        member, desk = _lead()
        account = factories.account()
        with time_machine.travel(timezone.now() - timedelta(days=days)):
            _look(member.account, account)
        complaint = _complaint(account)
        if is_refused:
            self._refused(desk, complaint)
        else:
            assert _answer(desk, complaint.code).status_code == 303

    @pytest.mark.parametrize(
        "did", [Event.STAFF_REQUEST_AGREED, Event.ACCOUNT_SUSPENDED, Event.HELP_NUMBER_SEEN]
    )
    def test_one_by_somebody_to_whom_they_did_anything(self, did: Event) -> None:
        """Who decided something about them has no help session of their own with them."""
        member, desk = _lead()
        account = factories.account()
        _look(member.account, account, did)
        self._refused(desk, _complaint(account))

    def test_one_by_somebody_to_whom_they_did_it_by_another_account_of_theirs(self) -> None:
        member, desk = _lead()
        other = factories.staff_member("support")
        own = factories.account(member.work_email)
        ColleagueAccount.objects.create(account=own, staff=other.account)
        account = factories.account("ada@example.org")
        _look(other.account, account)
        self._refused(desk, _complaint(account))

    def test_one_by_somebody_whose_other_account_they_looked_at(self) -> None:
        member, desk = _lead()
        kept, closed = factories.account("new@example.org"), factories.account("old@example.org")
        _look(member.account, closed)
        closed.joined_into, closed.status = kept, Account.Status.CLOSED
        closed.save()
        self._refused(desk, _complaint(kept))

    def test_a_look_for_the_answer_is_none_before_it(self) -> None:
        member, desk = _lead()
        complaint = _complaint()
        assert complaint.account is not None
        _look(member.account, complaint.account)
        assert _answer(desk, complaint.code).status_code == 303

    def test_a_colleagues_look_is_not_theirs(self) -> None:
        _member, desk = _lead()
        account = factories.account()
        _look(factories.staff_member("support").account, account)
        assert _answer(desk, _complaint(account).code).status_code == 303

    def test_one_of_a_protected_account(self) -> None:
        member, desk = _lead()
        complaint = _complaint()
        assert complaint.account is not None
        row = Protection.objects.create(account=complaint.account)
        self._refused(desk, complaint)
        ProtectionLead.objects.create(protection=row, staff=member.account)
        assert _answer(desk, complaint.code).status_code == 303


def _look(by: Account, account: Account, did: Event = Event.HELP_STARTED) -> None:
    with transaction.atomic():
        record(did, by=staff(by), about=About(account_id=account.pk))
