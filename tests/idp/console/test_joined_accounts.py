"""What keeps staff from an account, or its owner from knowing, goes on where it is joined."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.holding_back import operations as holding_back
from accounts.holding_back import queries as held
from accounts.models import Account, AuditEvent, ColleagueAccount, Protection
from accounts.signals import account_joined
from idp.console.protection import queries as protection
from tests import factories

pytestmark = pytest.mark.django_db
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def closed() -> Account:
    return factories.account("old@example.org")


@pytest.fixture
def kept() -> Account:
    return factories.account("new@example.org")


def join(closed: Account, kept: Account) -> None:
    account_joined.send(Account, closed=closed, kept=kept)


def lead() -> Account:
    return factories.staff_member("support_lead").account


def protect(account: Account, *leads: Account, days: int | None = None) -> Protection:
    until = timezone.now() + timedelta(days=days) if days else None
    row = Protection.objects.create(account=account, until=until)
    for one in leads:
        row.leads.create(staff=one)
    return row


class TestProtection:
    def test_it_is_protected_for_the_same_leads_and_as_long(
        self, closed: Account, kept: Account
    ) -> None:
        named, other = lead(), lead()
        before = protect(closed, named, days=30)
        join(closed, kept)
        row = protection.in_force(kept)
        assert row is not None
        assert row.until == before.until
        assert protection.may_see_contacts(named, kept)
        assert not protection.may_see_contacts(other, kept)
        begun = AuditEvent.objects.get(event="account:protection:begun", account_id=kept.pk)
        assert begun.reason == "joined"

    @pytest.mark.parametrize("days, others", [(None, 30), (30, None), (10, 30), (30, 10)])
    def test_of_two_protections_the_longer_and_all_leads_stay(
        self, closed: Account, kept: Account, days: int | None, others: int | None
    ) -> None:
        one, two = lead(), lead()
        protect(closed, one, days=days)
        protect(kept, two, days=others)
        join(closed, kept)
        row = protection.in_force(kept)
        assert row is not None
        assert {each.staff for each in protection.leads_of(row)} == {one, two}
        if days is None or others is None:
            assert row.until is None
        else:
            assert row.until is not None
            assert row.until > timezone.now() + timedelta(days=29)

    def test_one_that_is_over_protects_nothing(self, closed: Account, kept: Account) -> None:
        protect(closed, lead())
        Protection.objects.update(until=timezone.now() - timedelta(seconds=1))
        join(closed, kept)
        assert protection.in_force(kept) is None


def test_an_own_account_of_the_staff_stays_one(closed: Account, kept: Account) -> None:
    colleague = lead()
    ColleagueAccount.objects.create(account=closed, staff=colleague)
    join(closed, kept)
    assert ColleagueAccount.objects.get(account=kept).staff == colleague
    assert AuditEvent.objects.filter(event="account:colleague:flagged", account_id=kept.pk).exists()


def test_whose_account_it_is_stays_as_it_was_noted(closed: Account, kept: Account) -> None:
    mine, theirs = lead(), lead()
    ColleagueAccount.objects.create(account=closed, staff=mine)
    ColleagueAccount.objects.create(account=kept, staff=theirs)
    join(closed, kept)
    assert ColleagueAccount.objects.get(account=kept).staff == theirs


def test_looks_that_are_kept_back_stay_so_until_their_day(closed: Account, kept: Account) -> None:
    asker, auditor = lead(), factories.staff_member("auditor").account
    until = timezone.now() + IN_A_WEEK
    row = holding_back.ask(account=closed, until=until, case_reference="C-1", by=asker)
    holding_back.agree(hold_back=row, by=auditor)
    join(closed, kept)
    [now] = held.in_force().filter(account=kept)
    assert (now.pk, now.until) == (row.pk, until)
    moved = AuditEvent.objects.filter(account_id=kept.pk, event="account:hold_back:agreed")
    assert [event.reason for event in moved] == ["joined"]


def test_nothing_is_made_up(closed: Account, kept: Account) -> None:
    join(closed, kept)
    events = AuditEvent.objects.filter(account_id=kept.pk)
    assert not events.filter(actor_id=str(OPERATOR.id)).exists()
    assert protection.in_force(kept) is None
    assert not held.in_force().exists()
