"""`manage.py complaint`, until staff have pages."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.complaints import operations
from accounts.models import Account, AuditEvent, Complaint
from accounts.retention.operations import purge
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


@pytest.fixture
def answer(tmp_path: Path) -> str:
    path = tmp_path / "answer.txt"
    path.write_text("We put it right.")
    return str(path)


def complain(ann: Account) -> Complaint:
    return operations.make(
        account=ann, kind=Complaint.Kind.USE, text="Why do you keep it?", by=resident(ann)
    )


def test_the_most_urgent_stands_first_and_what_is_late_says_so(ann: Account) -> None:
    first, second, done = complain(ann), complain(ann), complain(ann)
    Complaint.objects.filter(pk=second.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    Complaint.objects.filter(pk=done.pk).update(answered_at=timezone.now())

    rows = run("complaint", "list")
    assert [(row["complaint"], row["overdue"]) for row in rows] == [
        (second.code, True),
        (first.code, False),
    ]
    assert "text" not in rows[0]
    assert [row["complaint"] for row in run("complaint", "list", "--overdue")] == [second.code]


def test_the_last_day_is_not_late(ann: Account) -> None:
    complain(ann)
    Complaint.objects.update(due_on=timezone.localdate())

    assert run("complaint", "list", "--overdue") == []


def test_it_is_shown_by_its_reference_however_typed(ann: Account) -> None:
    code = complain(ann).code
    shown = run("complaint", "show", f"{code[:4].lower()}-{code[4:].lower()}")

    assert (shown["text"], shown["account"]) == ("Why do you keep it?", "ann@example.org")
    assert shown["answered_at"] is None


def test_it_is_answered_once(ann: Account, answer: str) -> None:
    code = complain(ann).code
    arguments = ("complaint", "answer", code, "--outcome", "upheld", "--file", answer)
    assert run(*arguments)["answer"] == "We put it right."
    event = AuditEvent.objects.get(event="account:complaint:answered")

    assert (event.actor_kind, event.object_id, event.reason) == ("operator", code, "upheld")
    message, status = refused(*arguments)
    assert (status, "answered before" in message) == (1, True)


@pytest.mark.parametrize("verb", ["show", "answer"])
def test_an_unknown_reference_is_refused(verb: str, answer: str) -> None:
    more = ("--outcome", "upheld", "--file", answer) if verb == "answer" else ()
    message, status = refused("complaint", verb, "CDFGHJKM", *more)

    assert (status, "complaint list" in message) == (1, True)


@pytest.mark.parametrize("written", [None, b"", b" \n", b"a\0b", b"\xff", b"x" * 4001])
def test_an_answer_that_is_none_is_refused(
    written: bytes | None, ann: Account, tmp_path: Path
) -> None:
    path = tmp_path / "answer.txt"
    if written is not None:
        path.write_bytes(written)
    code = complain(ann).code
    _message, status = refused(
        "complaint", "answer", code, "--outcome", "upheld", "--file", str(path)
    )

    assert status == 2
    assert Complaint.objects.get().answered_at is None


def test_one_whose_owner_is_gone_is_answered_without_a_mail(ann: Account, answer: str) -> None:
    code = complain(ann).code
    ann.delete()

    shown = run("complaint", "answer", code, "--outcome", "upheld", "--file", answer)
    assert shown["account"] == ""


def test_an_answered_one_is_forgotten_after_six_years_and_an_open_one_never(ann: Account) -> None:
    answered, left = complain(ann), complain(ann)
    Complaint.objects.filter(pk=answered.pk).update(answered_at=timezone.now())
    years = timedelta(days=365)

    purge(now=timezone.now() + 6 * years - timedelta(days=1))
    assert Complaint.objects.count() == 2
    purge(now=timezone.now() + 6 * years + timedelta(days=1))
    assert list(Complaint.objects.all()) == [left]
