"""Only named leads see how a protected account's owner is reached, and only they say who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError
from django.utils import timezone

from accounts.models import (
    Account,
    AuditEvent,
    Phone,
    Protection,
    ProtectionLead,
    StaffRole,
)
from accounts.pages.dates import PARTS
from idp.console.helping.rules import Tier
from idp.console.protection.masking import masked_email, masked_number
from idp.console.protection.queries import in_force, may_see_contacts
from idp.models import HelpSession
from tests import factories
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response
from tests.commands import run
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db


def _lead(name: str = "Lee Lead") -> Account:
    return factories.staff_member("support_lead", full_name=name).account


def _protected(*leads: Account, **columns: Any) -> Account:
    account = factories.account()
    row = Protection.objects.create(account=account, **columns)
    for lead in leads:
        ProtectionLead.objects.create(protection=row, staff=lead)
    return account


def _at(account: Account, *roles: str) -> tuple[HelpSession, Desk]:
    return helping(account, Tier.UNCHECKED, roles=roles or ("support_lead",))


def _send(desk: Desk, row: HelpSession, path: str = "", **values: Any) -> Response:
    return desk.post(f"/staff/help/{row.pk}/protection{path}", **values)


def _recorded(event: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event).order_by("pk"))


class TestSeeing:
    def test_anybody_sees_how_to_reach_somebody_who_is_not_protected(self) -> None:
        assert may_see_contacts(_lead(), factories.account())

    def test_only_named_leads_do_of_somebody_protected(self) -> None:
        named, other = _lead(), _lead()
        account = _protected(named)
        assert may_see_contacts(named, account)
        assert not may_see_contacts(other, account)

    def test_whoever_is_no_lead_any_more_does_not(self) -> None:
        named = _lead()
        account = _protected(named)
        StaffRole.objects.filter(account=named).delete()
        assert not may_see_contacts(named, account)

    def test_a_protection_that_is_over_hides_nothing(self) -> None:
        account = _protected(until=timezone.now())
        assert may_see_contacts(_lead(), account)

    def test_masks_show_little(self) -> None:
        assert masked_email("ann@example.org") == "a•••@example.org"
        assert masked_email("nothing") == "•••"
        assert masked_number("+447700900123") == "•••123"


class TestProtecting:
    def test_a_lead_protects_and_is_the_first_who_is_named(self) -> None:
        account = factories.account()
        row, desk = _at(account)
        assert _send(desk, row).status_code == 303
        assert may_see_contacts(row.staff, account)
        [event] = _recorded("account:protection:begun")
        assert (event.account_id, event.actor_id) == (account.pk, str(row.staff_id))
        assert event.case_reference == row.case_reference

    def test_an_agent_does_not(self) -> None:
        row, desk = _at(factories.account(), "support")
        assert _send(desk, row).status_code == 404
        assert not Protection.objects.exists()

    def test_it_wants_a_sign_in_of_just_now(self) -> None:
        row, desk = _at(factories.account())
        assert desk.signed_in is not None
        desk.signed_in.signed_in_at = timezone.now() - timedelta(hours=1)
        desk.signed_in.save()
        assert "/staff/sign-in" in _send(desk, row)["Location"]
        assert not Protection.objects.exists()

    @pytest.mark.parametrize("year", ["1999", "2999", "soon", "\0"])
    def test_an_end_that_is_none_is_refused(self, year: str) -> None:
        row, desk = _at(factories.account())
        day = {"until-day": "1", "until-month": "2", "until-year": year}
        assert _send(desk, row, **day).status_code == 200
        assert not Protection.objects.exists()

    def test_it_may_end_by_itself(self) -> None:
        account = factories.account()
        row, desk = _at(account)
        last = timezone.localdate() + timedelta(days=30)
        day: dict[str, Any] = {f"until-{part}": getattr(last, part) for part in PARTS}
        _send(desk, row, **day)
        until = Protection.objects.get().until
        assert until is not None
        assert timezone.localdate(until) == last + timedelta(days=1)

    def test_one_that_was_over_does_not_bring_its_leads_back(self) -> None:
        before = _lead()
        account = _protected(before, until=timezone.now())
        row, desk = _at(account)
        _send(desk, row)
        assert not may_see_contacts(before, account)

    def test_of_nobody_there_is_nothing_to_protect(self) -> None:
        row, desk = helping(None, roles=("support_lead",))
        assert desk.get(f"/staff/help/{row.pk}/protection").status_code == 404
        assert _send(desk, row, "/lift").status_code == 303


class TestLeads:
    def test_a_named_lead_names_another(self) -> None:
        account, other = factories.account(), _lead("Noa Lead")
        row, desk = _at(account)
        _send(desk, row)
        assert _send(desk, row, lead=str(other.pk)).status_code == 303
        assert may_see_contacts(other, account)
        [event] = _recorded("account:protection_lead:named")
        assert event.object_id == str(other.pk)

    def test_a_lead_who_is_not_named_cannot_name_themselves(self) -> None:
        account = _protected(_lead())
        row, desk = _at(account)
        answer = _send(desk, row, lead=str(row.staff_id))
        assert answer.status_code == 403
        assert not may_see_contacts(row.staff, account)
        assert not _recorded("account:protection_lead:named")

    def test_nor_anybody_else_nor_end_it(self) -> None:
        named = _lead()
        account = _protected(named, _lead())
        row, desk = _at(account)
        _send(desk, row, lead=str(_lead().pk))
        assert _send(desk, row, "/drop", drop=str(named.pk)).status_code == 403
        assert _send(desk, row, "/lift").status_code == 403
        assert ProtectionLead.objects.count() == 2
        assert in_force(account) is not None

    @pytest.mark.parametrize("chosen", ["", "x", "\0", "00000000-0000-4000-8000-000000000000"])
    def test_whoever_is_no_lead_cannot_be_named(self, chosen: str) -> None:
        _lead()
        row, desk = _at(factories.account())
        _send(desk, row)
        assert _send(desk, row, lead=chosen).status_code == 200
        agent = factories.staff_member("support").account
        assert _send(desk, row, lead=str(agent.pk)).status_code == 200
        assert _send(desk, row, "/drop", drop=chosen).status_code == 303
        assert ProtectionLead.objects.count() == 1

    def test_the_last_lead_stays(self) -> None:
        account = factories.account()
        row, desk = _at(account)
        _send(desk, row)
        assert _send(desk, row, "/drop", drop=str(row.staff_id)).status_code == 403
        assert may_see_contacts(row.staff, account)

    def test_one_of_two_may_go(self) -> None:
        other, account = _lead(), factories.account()
        row, desk = _at(account)
        _send(desk, row)
        _send(desk, row, lead=str(other.pk))
        assert _send(desk, row, "/drop", drop=str(other.pk)).status_code == 303
        assert not may_see_contacts(other, account)

    def test_a_named_lead_ends_it(self) -> None:
        account = factories.account()
        row, desk = _at(account)
        _send(desk, row)
        _send(desk, row, "/lift")
        assert in_force(account) is None
        assert len(_recorded("account:protection:ended")) == 1


class TestByCommand:
    def test_an_operator_names_a_lead_when_none_is_left(self) -> None:
        account = _protected()
        member = factories.staff_member("support_lead")
        run("account", "name-lead", str(account.pk), member.work_email)
        assert may_see_contacts(member.account, account)

    @pytest.mark.parametrize("lead", ["nobody@council.example", "\0"])
    def test_nobody_is_no_lead(self, lead: str) -> None:
        with pytest.raises(CommandError):
            run("account", "protect", str(factories.account().pk), lead)

    def test_an_agent_is_no_lead(self) -> None:
        member = factories.staff_member("support")
        with pytest.raises(CommandError, match="no support lead"):
            run("account", "protect", str(factories.account().pk), member.work_email)

    def test_lists_leave_protected_ones_out_unless_that_is_asked_for_and_recorded(self) -> None:
        account = _protected(_lead())
        open_one = factories.account()
        assert {row["account"] for row in run("account", "list")} == {str(open_one.pk)}
        assert not _recorded("provider:protected_accounts:listed")
        listed = {row["account"] for row in run("account", "list", "--protected")}
        assert listed == {str(open_one.pk), str(account.pk)}
        assert len(_recorded("provider:protected_accounts:listed")) == 1

    @pytest.mark.parametrize(
        "verb", ["show", "freeze", "suspend", "end-sessions", "mark-unsafe phone"]
    )
    def test_what_a_command_prints_shows_little_of_how_a_protected_owner_is_reached(
        self, verb: str
    ) -> None:
        account = _protected(_lead())
        open_one = factories.account()
        Phone.objects.create(account=account, number="+447700900123", confirmed_at=timezone.now())
        name, *channel = verb.split()
        told = str(run("account", name, str(account.pk), *channel))
        for one in (
            account.sign_in_name,
            *account.email_addresses.values_list("address", flat=True),
        ):
            assert str(one) not in told
        assert "900123" not in told.replace(" ", "")
        assert open_one.sign_in_name in str(run("account", "show", str(open_one.pk)))
