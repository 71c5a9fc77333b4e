"""Staff note a death by what shows it; only its owner at a counter, or a lead, undoes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.assurance import Method
from accounts.audit.actor import OPERATOR
from accounts.audit.operations import About
from accounts.models import Account, AuditEvent, DeathNote, Session
from accounts.sessions import operations as sessions
from accounts.suspension.deaths import operations
from idp.console.helping.rules import Tier
from idp.models import HelpSession
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response
from tests.factories.people import proven
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db


def _held() -> Account:
    account = factories.account()
    about = About(account_id=account.pk)
    operations.note(
        account=account, evidence=DeathNote.Evidence.CERTIFICATE, by=OPERATOR, about=about
    )
    return account


def _send(desk: Desk, row: HelpSession, path: str = "", **values: Any) -> Response:
    return desk.post(f"/staff/help/{row.pk}/death{path}", **values)


def _is_open(account: Account) -> bool:
    account.refresh_from_db()
    return account.is_active


class TestNoting:
    def test_it_is_noted_for_a_caller_who_is_not_the_owner(self) -> None:
        account = factories.account()
        row, desk = helping(account)
        assert _send(desk, row, evidence="call").status_code == 303
        assert not _is_open(account)
        event = AuditEvent.objects.get(event="account:death:noted")
        assert (event.reason, event.actor_id) == ("call", str(row.staff_id))
        assert (event.case_reference, event.detail["tier"]) == (row.case_reference, 0)
        page = desk.get(f"/staff/help/{row.pk}/death").content.decode()
        assert "undone by itself" in page
        assert _send(desk, row, evidence="certificate").status_code == 303
        assert DeathNote.objects.get().lapses_at is None

    @pytest.mark.parametrize("evidence", ["", "rumour", "call\0", "x" * 9000])
    def test_it_needs_what_shows_it(self, evidence: str) -> None:
        account = factories.account()
        row, desk = helping(account)
        assert _send(desk, row, evidence=evidence).status_code == 200
        assert _is_open(account)

    def test_it_wants_a_sign_in_of_just_now(self) -> None:
        account = factories.account()
        row, desk = helping(account)
        _grow_old(desk)
        assert "/staff/sign-in" in _send(desk, row, evidence="call")["Location"]
        assert _is_open(account)

    def test_of_nobody_nothing_is_noted(self) -> None:
        row, desk = helping(None)
        assert _send(desk, row, evidence="call").status_code == 404

    def test_a_closed_account_is_said_to_be_closed(self) -> None:
        row, desk = helping(factories.account(status=Account.Status.CLOSED))
        assert "is closed" in _send(desk, row, evidence="call").content.decode()

    def test_somebody_of_no_such_role_notes_nothing(self) -> None:
        account = factories.account()
        row, desk = helping(account, roles=("auditor",))
        assert _send(desk, row, evidence="call").status_code == 404
        assert _is_open(account)

    def test_every_support_lead_is_told_but_whoever_notes_it_and_not_of_whom(self) -> None:
        leads = [factories.staff_member("support_lead") for _ in range(2)]
        account = factories.account(full_name="Ada Lovelace")
        row, desk = helping(account, roles=("support_lead",))
        for evidence in ("call", "call", "certificate", "certificate"):
            _send(desk, row, evidence=evidence)
        told = [mail for mail in letters() if "has died" in mail.subject]
        assert {mail.to for mail in told} == {lead.work_email for lead in leads}
        assert len(told) == 2 * len(leads)  # at the call, and once it no longer lapses
        assert not any("Lovelace" in mail.text + mail.html for mail in told)


class TestUndoing:
    def test_the_owner_has_it_back_in_one_visit(self) -> None:
        account = _held()
        row, desk = helping(account, Tier.OWNER, known_by="counter", channel="counter")
        assert desk.get(f"/staff/help/{row.pk}/death/undo").status_code == 200
        assert not _is_open(account)
        assert _send(desk, row, "/undo").status_code == 303
        assert _is_open(account)
        event = AuditEvent.objects.get(event="account:death:undone")
        assert event.reason == "owner_at_counter"

    def test_not_on_the_phone(self) -> None:
        account = _held()
        row, desk = helping(account, Tier.OWNER)
        assert _send(desk, row, "/undo").status_code == 404
        assert not _is_open(account)

    @pytest.mark.parametrize("tier", [Tier.UNCHECKED, Tier.MAILBOX])
    def test_not_for_somebody_who_is_not_known(self, tier: Tier) -> None:
        account = _held()
        row, desk = helping(account, tier)
        assert _send(desk, row, "/undo").status_code == 403
        assert not _is_open(account)

    def test_a_lead_decides_it_without_a_visit(self) -> None:
        account = _held()
        row, desk = helping(account, roles=("support_lead",))
        assert _send(desk, row, "/undo-by-lead").status_code == 303
        assert _is_open(account)

    def test_an_agent_does_not(self) -> None:
        account = _held()
        row, desk = helping(account)
        assert _send(desk, row, "/undo-by-lead").status_code == 404
        assert not _is_open(account)

    def test_where_nothing_is_noted_there_is_nothing_to_undo(self) -> None:
        row, desk = helping(factories.account(), roles=("support_lead",))
        answer = _send(desk, row, "/undo-by-lead")
        assert answer["Location"] == f"/staff/help/{row.pk}/death"
        assert not AuditEvent.objects.filter(event="account:death:undone").exists()


def test_helping_goes_on_after_signing_in_once_more() -> None:
    row, desk = helping(factories.account())
    before = desk.signed_in
    assert before is not None
    started = sessions.start(
        account=row.staff, proven=proven(Method.PASSKEY), replaces=before, by=OPERATOR
    )
    row.refresh_from_db()
    assert row.signed_in == started.session


def _grow_old(desk: Desk) -> None:
    assert desk.signed_in is not None
    long_ago = timezone.now() - timedelta(hours=1)
    Session.objects.filter(pk=desk.signed_in.pk).update(signed_in_at=long_ago)
