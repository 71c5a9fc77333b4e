"""Asking to close an account, its end, and taking either back; the clock is moved."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import ANONYMOUS, OPERATOR, resident
from accounts.closing import due, operations, queries
from accounts.closing.operations import NotClosedError, NotReopenedError, Reason
from accounts.closing.rules import Outcome, Refusal
from accounts.freezing.operations import freeze_by_operator
from accounts.models import Account, AccountClosing, AuditEvent, Session
from accounts.sessions import operations as sessions
from accounts.suspension.operations import reinstate, suspend
from tests import factories
from tests.accounts import post

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org", password=factories.PASSWORD)


def ask(account: Account) -> Outcome:
    session = factories.session(account)
    return operations.ask_by_owner(session=session, by=resident(account))


def close(account: Account, clock: time_machine.Traveller) -> AccountClosing:
    ask(account)
    clock.shift(settings.CLOSING_WAIT)
    assert due.close_due(now=timezone.now()) == 1
    account.refresh_from_db()
    return AccountClosing.objects.get(account=account, closed_at__isnull=False, reopened_at=None)


def events(account: Account, kind: str) -> list[AuditEvent]:
    return list(
        AuditEvent.objects.filter(account_id=account.pk, event__contains=kind).order_by("pk")
    )


def test_asking_closes_nothing_for_a_week(ann: Account, clock: time_machine.Traveller) -> None:
    assert ask(ann) is Outcome.ASKED
    clock.shift(settings.CLOSING_WAIT - SECOND)
    assert due.close_due(now=timezone.now()) == 0
    ann.refresh_from_db()
    assert ann.is_active
    assert Session.objects.filter(account=ann, ended_at=None).exists()


def test_then_it_closes_and_everybody_is_out(ann: Account, clock: time_machine.Traveller) -> None:
    closing = close(ann, clock)
    assert ann.status == Account.Status.CLOSED
    assert closing.reopen_until == timezone.now() + timedelta(days=90)
    assert set(Session.objects.values_list("end_reason", flat=True)) == {"account_closed"}
    [fact] = events(ann, "account:account:closed")
    assert (fact.reason, fact.object_id) == ("resident", str(closing.pk))


def test_asked_in_two_tabs_it_closes_once(ann: Account) -> None:
    assert [ask(ann), ask(ann)] == [Outcome.ASKED, Outcome.ALREADY]
    assert AccountClosing.objects.count() == 1
    assert len(events(ann, "closing:asked")) == 1


def test_the_database_holds_one_closing_at_a_time(ann: Account) -> None:
    ask(ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountClosing.objects.create(account=ann, reason="resident", closes_at=timezone.now())


def test_the_database_empties_nothing_that_was_taken_back(ann: Account) -> None:
    ask(ann)
    now = timezone.now()
    rows = AccountClosing.objects.filter(account=ann)
    for columns in ({}, {"closed_at": now, "cancelled_at": now}, {"reopened_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(purged_at=now, **columns)


def test_a_session_that_was_ended_meanwhile_asks_for_nothing(ann: Account) -> None:
    session = factories.session(ann)
    sessions.end(session=session, reason=Session.EndReason.NOT_ME, by=ANONYMOUS)
    with pytest.raises(NotClosedError) as refused:
        operations.ask_by_owner(session=session, by=resident(ann))
    assert refused.value.reason is Refusal.SIGNED_OUT
    assert not AccountClosing.objects.exists()


def test_kept_it_never_closes_and_may_be_closed_later(
    ann: Account, clock: time_machine.Traveller
) -> None:
    ask(ann)
    assert operations.keep(account=ann, by=resident(ann)) is Outcome.KEPT
    assert operations.keep(account=ann, by=resident(ann)) is None
    clock.shift(settings.CLOSING_WAIT)
    assert due.close_due(now=timezone.now()) == 0
    assert len(events(ann, "closing:cancelled")) == 1
    assert close(ann, clock).closed_at == timezone.now()


def test_a_closing_kept_while_the_job_runs_does_not_come_about(
    ann: Account, clock: time_machine.Traveller
) -> None:
    ask(ann)
    clock.shift(settings.CLOSING_WAIT)
    [row] = queries.due_to_close(timezone.now())
    operations.keep(account=ann, by=resident(ann))
    assert operations.come_about(closing=row, now=timezone.now(), by=OPERATOR) == "nothing"
    ann.refresh_from_db()
    assert ann.is_active


def test_a_frozen_account_is_kept_when_its_day_comes(
    ann: Account, clock: time_machine.Traveller
) -> None:
    ask(ann)
    freeze_by_operator(account=ann, by=OPERATOR)
    clock.shift(settings.CLOSING_WAIT)
    assert due.close_due(now=timezone.now()) == 0
    assert queries.waiting(ann) is None
    [fact] = events(ann, "closing:cancelled")
    assert fact.reason == "frozen"


def test_a_suspended_account_closes_only_after_it_was_looked_into_and_its_owner_had_all_the_time(
    ann: Account, clock: time_machine.Traveller
) -> None:
    ask(ann)
    suspend(account=ann, by=OPERATOR)
    clock.shift(10 * settings.CLOSING_WAIT)
    assert due.close_due(now=timezone.now()) == 0
    reinstate(account=ann, by=OPERATOR)
    clock.shift(settings.CLOSING_WAIT - SECOND)
    assert due.close_due(now=timezone.now()) == 0
    clock.shift(SECOND)
    assert due.close_due(now=timezone.now()) == 1


def test_whoever_has_a_suspended_account_back_is_told_that_it_closes_and_may_keep_it(
    ann: Account, clock: time_machine.Traveller
) -> None:
    ask(ann)
    suspend(account=ann, by=OPERATOR)
    clock.shift(2 * settings.CLOSING_WAIT)
    reinstate(account=ann, by=OPERATOR)
    assert "it closes on 31 January" in " ".join(post.newest().text.split())
    assert operations.keep(account=ann, by=resident(ann)) is Outcome.KEPT


def test_whoever_has_an_account_back_that_nobody_wants_to_close_is_told_of_no_closing(
    ann: Account,
) -> None:
    suspend(account=ann, by=OPERATOR)
    reinstate(account=ann, by=OPERATOR)
    assert "closes" not in post.newest().text


def test_opened_again_it_is_as_it_was_and_nobody_is_signed_in(
    ann: Account, clock: time_machine.Traveller
) -> None:
    closing = close(ann, clock)
    clock.shift(timedelta(days=90) - SECOND)
    operations.reopen(account=ann, by=resident(ann))
    ann.refresh_from_db()
    assert ann.is_active
    assert ann.sign_in_name == "ann@example.org"
    assert not Session.objects.filter(ended_at=None).exists()
    closing.refresh_from_db()
    assert closing.reopened_at == timezone.now()
    assert queries.of_account(ann) is None


def test_ninety_days_later_nobody_opens_it(ann: Account, clock: time_machine.Traveller) -> None:
    close(ann, clock)
    clock.shift(timedelta(days=90))
    for is_operator in (False, True):
        with pytest.raises(NotReopenedError) as refused:
            operations.reopen(account=ann, is_operator=is_operator, by=OPERATOR)
        assert refused.value.reason is Refusal.OVER
    ann.refresh_from_db()
    assert ann.status == Account.Status.CLOSED


def test_opened_twice_it_is_opened_once(ann: Account, clock: time_machine.Traveller) -> None:
    close(ann, clock)
    operations.reopen(account=ann, by=resident(ann))
    with pytest.raises(NotReopenedError) as refused:
        operations.reopen(account=ann, by=resident(ann))
    assert refused.value.reason is Refusal.NOT_CLOSED
    assert len(events(ann, "account:reopened")) == 1


def test_what_was_frozen_before_is_frozen_again(ann: Account) -> None:
    freeze_by_operator(account=ann, by=OPERATOR)
    operations.close_by_operator(account=ann, reason=Reason.RESIDENT, case="C-1", by=OPERATOR)
    operations.reopen(account=ann, by=resident(ann))
    ann.refresh_from_db()
    assert ann.status == Account.Status.FROZEN


def test_its_owner_does_not_open_what_the_council_closed(ann: Account) -> None:
    operations.close_by_operator(account=ann, reason=Reason.OPERATOR, case="C-1", by=OPERATOR)
    with pytest.raises(NotReopenedError) as refused:
        operations.reopen(account=ann, by=resident(ann))
    assert refused.value.reason is Refusal.NOT_ITS_OWNERS
    operations.reopen(account=ann, is_operator=True, by=OPERATOR)


def test_closing_is_no_way_out_of_a_suspension(ann: Account) -> None:
    suspend(account=ann, by=OPERATOR)
    for reason in (Reason.RESIDENT, Reason.INACTIVE):
        with pytest.raises(NotClosedError) as refused:
            operations.close_by_operator(account=ann, reason=reason, case="", by=OPERATOR)
        assert refused.value.reason is Refusal.SUSPENDED
    ann.refresh_from_db()
    assert ann.status == Account.Status.SUSPENDED


def test_an_account_that_went_into_another_never_opens_again(ann: Account) -> None:
    Account.objects.filter(pk=ann.pk).update(status="closed")
    operations.note_joined(account=ann)
    with pytest.raises(NotReopenedError) as refused:
        operations.reopen(account=ann, is_operator=True, by=OPERATOR)
    assert refused.value.reason is Refusal.OVER


def test_its_owner_is_told_at_each_step_and_until_when(
    ann: Account, clock: time_machine.Traveller
) -> None:
    close(ann, clock)
    operations.reopen(account=ann, by=resident(ann))
    told = " ".join(letter.text for letter in post.letters())
    assert "It closes on 17 January 2027 at 12:00pm" in told
    assert "have it back" in told
    assert "opened again" in told
    assert "/safety/" in told
    assert all(message.to == ["ann@example.org"] for message in mail.outbox)
