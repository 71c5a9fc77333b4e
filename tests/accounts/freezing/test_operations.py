"""What freezing stops, and what takes the stop off."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.assurance import Level, Method
from accounts.audit.actor import ANONYMOUS, OPERATOR, resident
from accounts.freezing import operations
from accounts.freezing.rules import Freezing, Unfreezing
from accounts.models import Account, AuditEvent, Freeze, RememberedDevice, Session
from accounts.signals import account_locked
from accounts.suspension.operations import reinstate, suspend
from tests import factories
from tests.accounts import post

pytestmark = pytest.mark.django_db

MAILBOX = "ann@example.org"
PASSWORD = frozenset({Method.PASSWORD})
APP = frozenset({Method.PASSWORD, Method.APP})


@pytest.fixture
def account() -> Account:
    return factories.account(MAILBOX, password=factories.PASSWORD)


def by_mail(account: Account) -> Freezing:
    return operations.freeze_by_mail(account=account, mailbox_key=MAILBOX, by=ANONYMOUS)


def unfreeze(account: Account, proved: frozenset[Method] = PASSWORD) -> Unfreezing:
    return operations.unfreeze(account=account, proved=proved, by=resident(account))


def status_of(account: Account) -> str:
    account.refresh_from_db()
    return account.status


def test_freezing_ends_every_session_and_remembered_device(account: Account) -> None:
    mine, other = factories.session(account), factories.session(account)
    soon = timezone.now() + timedelta(days=30)
    RememberedDevice.objects.create(account=account, token_hash="x", expires_at=soon)
    locked: list[Account] = []
    account_locked.connect(lambda account, **_: locked.append(account), weak=False, dispatch_uid=1)
    assert operations.freeze_by_owner(session=mine, by=resident(account)) is Freezing.FROZEN
    account_locked.disconnect(dispatch_uid=1)
    assert status_of(account) == "frozen"
    reasons = Session.objects.filter(pk__in=[mine.pk, other.pk]).values_list("end_reason")
    assert list(reasons) == [("frozen",), ("frozen",)]
    assert not RememberedDevice.objects.filter(ended_at=None).exists()
    assert locked == [account]


def test_freezing_twice_is_freezing_once(account: Account) -> None:
    assert by_mail(account) is Freezing.FROZEN
    assert by_mail(account) is Freezing.ALREADY
    assert operations.freeze_by_operator(account=account, by=OPERATOR) is Freezing.ALREADY
    assert Freeze.objects.count() == 1


def test_the_owner_is_told_of_both(account: Account) -> None:
    by_mail(account)
    unfreeze(account)
    text = post.newest().text
    assert "Your account was frozen" in text
    assert "Your account is no longer frozen" in text


def test_a_password_alone_does_not_unfreeze_an_account_with_two_factors(account: Account) -> None:
    factories.way(account)
    by_mail(account)
    assert Freeze.objects.get().level == Level.TWO_FACTORS
    assert unfreeze(account) is Unfreezing.TOO_WEAK
    assert status_of(account) == "frozen"
    assert unfreeze(account, APP) is Unfreezing.DONE
    assert status_of(account) == "active"


def test_nobody_unfreezes_in_the_days_after_a_recovery(account: Account) -> None:
    by_mail(account)
    account.changes_held_until = timezone.now() + timedelta(hours=48)
    account.save()
    assert unfreeze(account) is Unfreezing.HELD


def test_unfreezing_what_is_not_frozen_changes_nothing(account: Account) -> None:
    assert unfreeze(account) is Unfreezing.NOT_FROZEN
    assert operations.unfreeze_by_operator(account=account, by=OPERATOR) is Unfreezing.NOT_FROZEN
    assert not AuditEvent.objects.exists()


def test_a_second_freeze_by_the_same_mailbox_leads_to_a_check(account: Account) -> None:
    by_mail(account)
    unfreeze(account)
    assert by_mail(account) is Freezing.CHECK
    assert status_of(account) == "active"
    event = AuditEvent.objects.latest("pk")
    assert (event.event, event.reason) == ("account:freeze:referred", "freeze_needs_check")


def test_the_owner_is_told_once_a_day_of_a_freeze_that_was_left_to_people(account: Account) -> None:
    by_mail(account)
    unfreeze(account)
    post.send()
    for _time in range(3):
        by_mail(account)
    assert post.newest().text.count("asked again to freeze your account") == 1
    assert AuditEvent.objects.filter(event="account:freeze:referred").count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        by_mail(account)
        assert "asked again to freeze" in post.newest().text
    assert AuditEvent.objects.filter(event="account:freeze:referred").count() == 2


def test_after_thirty_days_the_mailbox_may_freeze_again(account: Account) -> None:
    by_mail(account)
    unfreeze(account)
    Freeze.objects.update(ended_at=timezone.now() - timedelta(days=30))
    assert by_mail(account) is Freezing.FROZEN


def test_another_mailbox_of_the_account_may_still_freeze(account: Account) -> None:
    by_mail(account)
    unfreeze(account)
    outcome = operations.freeze_by_mail(
        account=account, mailbox_key="second@example.org", by=ANONYMOUS
    )
    assert outcome is Freezing.FROZEN


def test_reinstating_does_not_unfreeze(account: Account) -> None:
    by_mail(account)
    reinstate(account=account, by=OPERATOR)
    assert status_of(account) == "frozen"
    suspend(account=account, by=OPERATOR)
    assert status_of(account) == "suspended"
    reinstate(account=account, by=OPERATOR)
    assert status_of(account) == "frozen"
    assert unfreeze(account) is Unfreezing.DONE


def test_unfreezing_does_not_reinstate(account: Account) -> None:
    suspend(account=account, by=OPERATOR)
    assert by_mail(account) is Freezing.FROZEN
    assert status_of(account) == "suspended"
    operations.unfreeze_by_operator(account=account, by=OPERATOR)
    assert status_of(account) == "suspended"


def test_a_closed_account_is_not_frozen() -> None:
    closed = factories.account(status="closed")
    assert operations.freeze_by_operator(account=closed, by=OPERATOR) is Freezing.CLOSED
    assert not Freeze.objects.exists()
