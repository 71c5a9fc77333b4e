"""The audit log takes new facts and never changes an old one."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> AuditEvent:
    record(Event.ACCOUNT_SUSPENDED, by=OPERATOR, about=About(reason="fraud"))
    return AuditEvent.objects.get()


def test_an_event_keeps_who_did_what_and_why(event: AuditEvent) -> None:
    assert (event.event, event.actor_kind, event.reason) == (
        "account:account:suspended",
        "operator",
        "fraud",
    )


def test_an_event_cannot_be_changed(event: AuditEvent) -> None:
    event.reason = "none"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()


def test_an_event_cannot_be_removed(event: AuditEvent) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


@pytest.mark.usefixtures("event")
def test_the_log_cannot_be_emptied() -> None:
    verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{verb} accounts_auditevent")


def test_events_of_one_transaction_carry_its_number(event: AuditEvent) -> None:
    event.refresh_from_db()
    record(Event.ACCOUNT_REINSTATED, by=OPERATOR, about=About())
    numbers = set(AuditEvent.objects.values_list("transaction_id", flat=True))
    assert len(numbers) == 1
    assert (numbers == {0}) is (connection.vendor == "sqlite")


def test_an_event_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(transaction.TransactionManagementError, match="outside a transaction"):
        record(Event.ACCOUNT_CREATED, by=OPERATOR, about=About())


def test_event_names_follow_the_grammar_and_the_order() -> None:
    names = [event.value for event in Event]
    assert all(len(name.split(":")) == 3 for name in names)
    subjects = [name.split(":")[0] for name in names]
    assert subjects == sorted(subjects)


def test_recording_is_one_insert_and_reads_nothing() -> None:
    with CaptureQueriesContext(connection) as captured:
        record(Event.ACCOUNT_SUSPENDED, by=OPERATOR, about=About(reason="fraud"))
    [statement] = captured.captured_queries
    assert statement["sql"].startswith("INSERT")
