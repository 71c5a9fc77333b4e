"""The main address is changed for somebody who lost it: by two, after a wait, and confirmed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR, resident
from accounts.freezing.operations import freeze_by_operator
from accounts.models import (
    Account,
    AuditEvent,
    ColleagueAccount,
    EmailAddress,
    EmailChange,
    Protection,
    ProtectionLead,
)
from accounts.profile.emails.changes.due import run
from accounts.profile.emails.changes.operations import Wanted, begin
from accounts.suspension.operations import suspend
from idp.console.acts.table import Act
from idp.console.helping.rules import Tier
from idp.models import StaffRequest
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response, Visitor
from tests.idp.console.acts.test_acts import COUNTER, address, answers, do
from tests.idp.console.helping.person import helping
from tests.idp.console.requests.test_requests import ANN, answer, asked, call_of, recorded

pytestmark = pytest.mark.django_db
NEW = "ann.new@example.org"
HOUR = timedelta(hours=1)


def ask_for(new: str, account: Account | None = None, **more: Any) -> Response:
    row, desk = helping(account or factories.account(ANN), Tier.OWNER, **more)
    wanted = answers(Act.CHANGE_EMAIL) | {"new_address": new}
    return desk.post(address(row, Act.CHANGE_EMAIL), **wanted)


def agreed(**columns: Any) -> tuple[StaffRequest, EmailChange, Desk]:
    """Return what two of the staff agreed to, and the desk of whoever asked."""
    row, desk = asked(Act.CHANGE_EMAIL, **(columns or COUNTER))
    assert answer(at_work("support_lead")[1], row).status_code == 303
    row.refresh_from_db()
    return row, EmailChange.objects.get(), desk


def link(to: str, kind: str) -> str:
    mails = [mail for mail in letters() if mail.to == to and f"/{kind}/" in mail.text]
    return mails[-1].path(f"/email-change/{kind}/")


def confirm() -> None:
    Visitor().client.post(link(NEW, "confirm"), {"decision": "confirm"})


def pass_the_wait(change: EmailChange, clock: time_machine.Traveller) -> None:
    change.refresh_from_db()
    assert change.opens_at is not None
    clock.move_to(change.started_at + (change.opens_at - change.started_at) / 2)
    run(now=timezone.now())
    clock.move_to(change.opens_at)
    run(now=timezone.now())


def main_of(account: Account) -> str:
    return EmailAddress.objects.get(account=account, is_primary=True).address


@pytest.fixture
def clock() -> Any:  # noqa: ANN401 - a generator of pytest's
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


class TestToTheEnd:
    def test_it_changes_once_it_is_confirmed_and_the_wait_is_over(
        self, clock: time_machine.Traveller
    ) -> None:
        row, change, _desk = agreed()
        assert (row.outcome, row.new_address, row.email_change) == ("agreed", "", change)
        assert change.opens_at == change.started_at + timedelta(hours=24)
        assert sorted(letter.to for letter in letters()) == sorted([ANN, NEW])
        confirm()
        assert run(now=timezone.now()) == 0
        assert main_of(row.account) == ANN
        pass_the_wait(change, clock)
        account = Account.objects.get(pk=row.account_id)
        assert main_of(account) == NEW
        assert account.sign_in_name == NEW
        assert not EmailAddress.objects.filter(address=ANN).exists()
        assert account.changes_held_until == timezone.now() + timedelta(hours=48)
        assert "/object/" in " ".join(letter.text for letter in letters() if letter.to == ANN)

    def test_confirmed_after_the_wait_it_changes_at_once(
        self, clock: time_machine.Traveller
    ) -> None:
        row, change, _desk = agreed()
        pass_the_wait(change, clock)
        assert main_of(row.account) == ANN
        confirm()
        run(now=timezone.now())
        assert main_of(row.account) == NEW

    def test_known_by_a_code_from_the_account_page_it_waits_three_days(self) -> None:
        _row, change, _desk = agreed(known_by="account_code")
        assert change.opens_at == change.started_at + timedelta(hours=72)

    def test_what_the_owner_was_told_of_too_late_waits_on(
        self, clock: time_machine.Traveller
    ) -> None:
        row, change, _desk = agreed()
        confirm()
        clock.shift(timedelta(hours=30))
        assert run(now=timezone.now()) == 1
        change.refresh_from_db()
        assert change.opens_at == timezone.now() + timedelta(hours=12)
        assert main_of(row.account) == ANN
        assert sum("stop it" in letter.text for letter in letters() if letter.to == ANN) == 2

    def test_unconfirmed_for_a_week_it_is_over(self, clock: time_machine.Traveller) -> None:
        row, change, _desk = agreed()
        pass_the_wait(change, clock)
        clock.shift(timedelta(days=8))
        assert Visitor().client.get(link(NEW, "confirm")).status_code == 404
        assert run(now=timezone.now()) == 0
        assert main_of(row.account) == ANN

    def test_its_owner_reads_of_it_in_history(self) -> None:
        row, _change, _desk = agreed()
        event = AuditEvent.objects.get(event="account:email_change:begun_by_staff")
        assert event.account_id == row.account_id
        assert NEW not in str(event.detail)

    def test_no_session_of_the_account_shortens_the_wait(self) -> None:
        row, change, _desk = agreed()
        confirm()
        owner = Visitor()
        owner.enter(row.account)
        page = f"/account/emails/changes/{change.pk}"
        assert "Two of our staff agreed" in owner.get(page).content.decode()
        owner.client.post(page, {"decision": "use"})
        assert main_of(row.account) == ANN


class TestStopped:
    def over(self, change: EmailChange) -> bool:
        change.refresh_from_db()
        with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
            run(now=timezone.now())
        return change.cancelled_at is not None and main_of(change.account) == ANN

    def test_by_the_link_in_a_mail_to_the_old_address(self) -> None:
        _row, change, _desk = agreed()
        confirm()
        stop = link(ANN, "stop")
        page = Visitor().client.get(stop).content.decode()
        assert "Two of our staff agreed" in page
        Visitor().client.post(stop)
        assert self.over(change)
        assert "email address was cancelled" in " ".join(letters()[-1].text.split())

    def test_by_whoever_reads_the_new_address(self) -> None:
        _row, change, _desk = agreed()
        Visitor().client.post(link(NEW, "confirm"), {"decision": "refuse"})
        assert self.over(change)

    def test_by_its_owner_on_the_account_page(self) -> None:
        row, change, _desk = agreed()
        owner = Visitor()
        owner.enter(row.account)
        assert "Our staff agreed to change" in owner.get("/account/emails").content.decode()
        owner.client.post(f"/account/emails/changes/{change.pk}/cancel")
        assert self.over(change)

    def test_by_the_staff(self) -> None:
        row, change, desk = agreed()
        confirm()
        call = call_of(row)
        assert do(desk, call, Act.CANCEL_EMAIL_CHANGE).status_code == 303
        assert self.over(change)
        assert do(desk, call, Act.CANCEL_EMAIL_CHANGE).status_code == 409

    @pytest.mark.parametrize("how", ["suspend", "freeze", "death"])
    def test_when_the_account_is_stopped(self, how: str) -> None:
        row, change, desk = agreed()
        confirm()
        if how == "suspend":
            suspend(account=row.account, by=OPERATOR)
        elif how == "freeze":
            freeze_by_operator(account=row.account, by=OPERATOR)
        else:
            noted = desk.post(f"/staff/help/{row.help_session_id}/death", evidence="certificate")
            assert noted.status_code in {200, 303}
            Account.objects.get(pk=row.account_id, status="suspended")
        assert self.over(change)

    def test_when_its_owner_begins_another(self) -> None:
        row, change, _desk = agreed()
        wanted = Wanted(EmailChange.Kind.ADD, "third@example.org")
        begin(account=row.account, wanted=wanted, started_on="", by=resident(row.account))
        assert self.over(change)


class TestRefused:
    @pytest.mark.parametrize(
        "typed", ["", "ann", "ann@localhost", "\x00@example.org", "a" * 400 + "@example.org"]
    )
    def test_what_is_no_address(self, typed: str) -> None:
        assert ask_for(typed).status_code == 200
        assert not StaffRequest.objects.exists()

    def test_the_address_that_the_account_has(self) -> None:
        assert ask_for(ANN.upper()).status_code == 409

    def test_an_address_of_the_staff(self) -> None:
        colleague = factories.staff_member("support")
        assert ask_for(colleague.work_email).status_code == 409

    def test_the_address_that_one_of_the_staff_has_as_a_resident(self) -> None:
        colleague = factories.staff_member("support")
        theirs = factories.account("theirs@example.org")
        ColleagueAccount.objects.create(account=theirs, staff=colleague.account)
        assert ask_for("theirs@example.org").status_code == 409

    def test_of_another_residents_address_staff_learn_nothing(self, settings: Any) -> None:  # noqa: ANN401
        settings.ACCOUNTS_PER_ADDRESS = 1
        factories.account(NEW)
        row, desk = asked(Act.CHANGE_EMAIL, **COUNTER)
        assert answer(at_work("support_lead")[1], row).status_code == 303
        assert "allow use it already" in " ".join(
            next(letter.text for letter in letters() if letter.to == NEW).split()
        )
        assert "Agreed" in desk.get("/staff/requests/mine").content.decode()

    @pytest.mark.parametrize("status", ["frozen", "suspended"])
    def test_of_an_account_that_is_stopped(self, status: str) -> None:
        assert ask_for(NEW, factories.account(ANN, status=status)).status_code == 409

    def test_while_contacts_are_held(self) -> None:
        account = factories.account(ANN)
        account.changes_held_until = timezone.now() + HOUR
        account.save()
        assert ask_for(NEW, account).status_code == 409

    def test_at_too_low_a_tier(self) -> None:
        row, desk = helping(factories.account(ANN), Tier.MAILBOX)
        assert do(desk, row, Act.CHANGE_EMAIL).status_code == 403

    def test_of_ones_own_account(self) -> None:
        account = factories.account(ANN)
        row, desk = helping(account, Tier.OWNER)
        ColleagueAccount.objects.create(account=account, staff=row.staff)
        assert do(desk, row, Act.CHANGE_EMAIL).status_code == 403

    def test_of_a_protected_account_but_by_named_leads(self) -> None:
        account = factories.account(ANN)
        lead, office = at_work("support_lead")
        protection = Protection.objects.create(account=account)
        assert ask_for(NEW, account).status_code == 409
        row, desk = helping(account, Tier.OWNER, roles=("support_lead",))
        ProtectionLead.objects.create(protection=protection, staff=row.staff)
        assert do(desk, row, Act.CHANGE_EMAIL).status_code == 303
        request = StaffRequest.objects.get()
        assert NEW not in office.get(f"/staff/requests/{request.pk}").content.decode()
        assert answer(office, request).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["protected_account"]
        ProtectionLead.objects.create(protection=protection, staff=lead.account)
        assert NEW in office.get(f"/staff/requests/{request.pk}").content.decode()
        assert answer(office, request).status_code == 303

    def test_where_the_addresses_have_changed_since(self) -> None:
        row, _desk = asked(Act.CHANGE_EMAIL)
        EmailChange.objects.create(
            account=row.account,
            kind="remove",
            done_at=timezone.now(),
            expires_at=timezone.now() + HOUR,
        )
        assert answer(at_work("support_lead")[1], row).status_code == 409
        assert [event.reason for event in recorded("stopped")] == ["addresses_changed_since"]

    @pytest.mark.parametrize("how", ["refused", "withdrawn"])
    def test_the_address_is_not_kept(self, how: str) -> None:
        row, desk = asked(Act.CHANGE_EMAIL)
        assert row.new_address == NEW
        if how == "refused":
            answer(at_work("support_lead")[1], row, "not_sure")
        else:
            desk.post(f"/staff/requests/{row.pk}/withdraw")
        row.refresh_from_db()
        assert (row.outcome, row.new_address) == (how, "")
        assert not EmailChange.objects.exists()
        assert not letters()
