"""Nothing personal is left of an account that nobody can have back, and its names go to nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any, cast
from uuid import UUID

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.audit.actor import OPERATOR, resident
from accounts.closing import due, operations
from accounts.closing.operations import NotReopenedError, Reason
from accounts.closing.rules import Refusal
from accounts.complaints import operations as complaints
from accounts.models import (
    Account,
    AccountClosing,
    AuditEvent,
    Complaint,
    EmailAddress,
    StaffMember,
)
from accounts.retention.queries import children_first
from accounts.retention.vocabulary import Fate
from accounts.signup.operations import NoAccountMadeError, create_account
from accounts.staffing.people import operations as people
from idp.models import PairwiseSubject
from idp.oidc import subjects
from tests import factories
from tests.accounts.visitor import Visitor
from tests.idp.marked_rows import MARK, everything_of, marked

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
ANN = f"{MARK}@example.org"
LONG_ENOUGH = timedelta(days=90)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann() -> Account:
    return factories.account(ANN, password=factories.PASSWORD)


def close(account: Account) -> AccountClosing:
    operations.close_by_operator(account=account, reason=Reason.RESIDENT, case="", by=OPERATOR)
    return AccountClosing.objects.get(account=account)


def purge() -> None:
    call_command("purge_expired", stdout=StringIO())


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", model._meta.get_field(name))  # noqa: SLF001


def _stays() -> set[str]:
    """Return the columns that are declared to stay, or to be about nobody."""
    return {
        f"{table.model._meta.db_table}.{_field(table.model, column.name).column}"  # noqa: SLF001
        for table in children_first()
        for column in table.columns
        if column.fate is not Fate.DELETED
    }


def test_no_personal_value_is_left_in_any_table(
    ann: Account, clock: time_machine.Traveller
) -> None:
    everything_of(ann)
    assert len(marked()) > 60
    AccountClosing.objects.filter(account=ann).update(closes_at=START)
    assert due.close_due(now=timezone.now()) == 1
    clock.shift(LONG_ENOUGH)
    purge()
    kept = {"accounts_complaint.code"}
    found = marked()
    assert {name for name in found if name.startswith("accounts_")} == kept
    assert found <= kept | _stays()


def test_what_was_agreed_and_told_stays_without_anything_of_the_person(
    ann: Account, clock: time_machine.Traveller
) -> None:
    tax = factories.application(slug="tax")
    factories.consent(ann, tax, value_digests={"email": MARK})
    close(ann)
    clock.shift(LONG_ENOUGH)
    purge()
    [consent] = ann.consents.all()
    assert (consent.value_digests, consent.email) == ({}, None)
    ann.refresh_from_db()
    assert UUID(ann.sign_in_name) == UUID(ann.sign_in_key) == ann.pk
    assert (ann.full_name, ann.date_of_birth, ann.has_password) == ("", None, False)


def test_of_a_complaint_the_clock_stays_and_what_was_written_goes(
    ann: Account, clock: time_machine.Traveller
) -> None:
    about = {"account": ann, "kind": Complaint.Kind.USE, "by": resident(ann)}
    waits = complaints.make(text="Why?", **about)  # type: ignore[arg-type]
    close(ann)
    clock.shift(LONG_ENOUGH)
    purge()
    waits.refresh_from_db()
    assert (waits.text, waits.answered_at, waits.account) == ("", None, ann)
    complaints.answer(code=waits.code, outcome=Complaint.Outcome.UPHELD, text=MARK, by=OPERATOR)
    waits.refresh_from_db()
    assert (waits.answer, waits.outcome, waits.answered_at is None) == ("", "upheld", False)


def test_a_second_before_nothing_is_emptied(ann: Account, clock: time_machine.Traveller) -> None:
    close(ann)
    clock.shift(LONG_ENOUGH - timedelta(seconds=1))
    assert due.empty_due(now=timezone.now()) == 0
    operations.reopen(account=ann, by=resident(ann))
    ann.refresh_from_db()
    assert ann.sign_in_name == ANN


def test_it_is_emptied_once_and_on_record(ann: Account, clock: time_machine.Traveller) -> None:
    closing = close(ann)
    clock.shift(LONG_ENOUGH)
    assert [due.empty_due(now=timezone.now()), due.empty_due(now=timezone.now())] == [1, 0]
    fact = AuditEvent.objects.get(event="account:account:purged")
    assert (fact.account_id, fact.object_id) == (ann.pk, str(closing.pk))
    with pytest.raises(NotReopenedError) as refused:
        operations.reopen(account=ann, is_operator=True, by=OPERATOR)
    assert refused.value.reason is Refusal.OVER


def test_an_account_that_was_opened_again_meanwhile_is_not_emptied(
    ann: Account, clock: time_machine.Traveller
) -> None:
    closing = close(ann)
    operations.reopen(account=ann, by=resident(ann))
    clock.shift(LONG_ENOUGH)
    assert not operations.empty(closing=closing, now=timezone.now(), by=OPERATOR)
    ann.refresh_from_db()
    assert ann.is_active
    assert ann.sign_in_name == ANN


def test_an_account_that_went_into_another_is_emptied_too(
    ann: Account, clock: time_machine.Traveller
) -> None:
    Account.objects.filter(pk=ann.pk).update(status="closed")
    operations.note_joined(account=ann)
    clock.shift(LONG_ENOUGH)
    assert due.empty_due(now=timezone.now()) == 1
    ann.refresh_from_db()
    assert ANN not in {ann.sign_in_name, ann.sign_in_key}


def test_nobody_signs_in_to_what_is_left(ann: Account, clock: time_machine.Traveller) -> None:
    close(ann)
    clock.shift(LONG_ENOUGH)
    purge()
    for name in (ANN, str(ann.pk)):
        assert "is not right" in Visitor().submit(name).text


def test_while_it_may_be_had_back_its_name_is_taken_and_its_mailbox_free(ann: Account) -> None:
    close(ann)
    new: dict[str, Any] = {
        "full_name": "Ann",
        "address": ANN,
        "password": factories.PASSWORD,
        "by": OPERATOR,
    }
    with pytest.raises(NoAccountMadeError):
        create_account(sign_in_name=ANN, **new)
    second = create_account(sign_in_name="ann-the-second", **new)
    operations.reopen(account=ann, by=resident(ann))
    assert second.pk != ann.pk
    assert EmailAddress.objects.filter(address=ANN).count() == 2


def test_the_next_account_of_the_same_name_is_known_by_other_names(
    ann: Account, clock: time_machine.Traveller
) -> None:
    tax = factories.application(slug="tax")
    before = subjects.subject_for(account=ann, application=tax)
    close(ann)
    clock.shift(LONG_ENOUGH)
    purge()
    again = create_account(
        sign_in_name=ANN, full_name="Ann", address=ANN, password=factories.PASSWORD, by=OPERATOR
    )
    assert again.pk != ann.pk
    assert subjects.subject_for(account=again, application=tax) != before
    assert PairwiseSubject.objects.get(subject=before).account_id == ann.pk


def test_opened_again_it_is_known_by_the_same_names(ann: Account) -> None:
    tax = factories.application(slug="tax")
    before = subjects.subject_for(account=ann, application=tax)
    close(ann)
    operations.reopen(account=ann, by=resident(ann))
    assert subjects.subject_for(account=ann, application=tax) == before


def test_the_database_lets_no_row_go_that_holds_a_name_and_gives_none_twice(ann: Account) -> None:
    tax = factories.application(slug="tax")
    subject = subjects.subject_for(account=ann, application=tax)
    with pytest.raises(ProtectedError):
        ann.delete()
    other = factories.account()
    with pytest.raises(IntegrityError), transaction.atomic():
        PairwiseSubject.objects.create(account=other, sector_identifier="x", subject=subject)


def test_nothing_is_left_of_who_worked_for_the_council(clock: time_machine.Traveller) -> None:
    member = factories.staff_member(address=ANN, full_name=MARK)
    StaffMember.objects.update(team=MARK)
    people.leave(member=member, by=OPERATOR)
    clock.shift(LONG_ENOUGH)
    purge()
    assert marked() == set()
