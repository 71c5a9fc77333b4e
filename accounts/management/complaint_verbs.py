"""`manage.py complaint VERB`."""

from pathlib import Path
from typing import Final

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.complaints import operations, queries, rules
from accounts.management.operator_command import (
    Misused,
    Options,
    Outcome,
    Refused,
    Row,
    Verb,
    argument,
)
from accounts.models import Complaint


def _listed(options: Options) -> Outcome:
    rows = [_row(complaint) for complaint in queries.open_ones()]
    return Outcome([row for row in rows if row["overdue"] or not options["overdue"]])


def _shown(options: Options) -> Outcome:
    complaint = queries.find(options["complaint"])
    if complaint is None:
        raise _unknown(options)
    return Outcome(_detail(complaint))


def _answered(options: Options) -> Outcome:
    text = _text(options["file"])
    found = queries.find(options["complaint"])
    if found is None:
        raise _unknown(options)
    try:
        complaint = operations.answer(
            code=found.code,
            outcome=Complaint.Outcome(options["outcome"]),
            text=text,
            by=OPERATOR,
        )
    except operations.AlreadyAnsweredError as refused:
        message = "It was answered before, and its owner may have read that"
        raise Refused(message) from refused
    return Outcome(_detail(complaint))


def _text(name: str) -> str:
    try:
        text = Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        message = f"{name!r} cannot be read as text"
        raise Misused(message) from unreadable
    if not text or "\0" in text or len(text) > rules.LONGEST:
        message = f"An answer has between 1 and {rules.LONGEST} characters"
        raise Misused(message)
    return text


def _unknown(options: Options) -> Refused:
    return Refused(f"There is no complaint {options['complaint']!r}: see complaint list")


def _row(complaint: Complaint) -> Row:
    return {
        "complaint": complaint.code,
        "kind": complaint.kind,
        "made_at": complaint.made_at,
        "due_on": complaint.due_on,
        "overdue": rules.is_overdue(
            due_on=complaint.due_on,
            answered=complaint.answered_at is not None,
            today=timezone.localdate(),
        ),
    }


def _detail(complaint: Complaint) -> Row:
    return {
        **_row(complaint),
        "account": complaint.account.sign_in_name if complaint.account else "",
        "text": complaint.text,
        "outcome": complaint.outcome,
        "answer": complaint.answer,
        "answered_at": complaint.answered_at,
    }


_COMPLAINT: Final = argument("complaint", help="its reference")

VERBS: Final = (
    Verb(
        "list",
        "List complaints that wait for an answer, the most urgent first.",
        _listed,
        (argument("--overdue", action="store_true", help="only those whose day is past"),),
    ),
    Verb("show", "Show one complaint.", _shown, (_COMPLAINT,)),
    Verb(
        "answer",
        "Answer a complaint, once; its owner is told by mail and reads it in the account.",
        _answered,
        (
            _COMPLAINT,
            argument("--outcome", required=True, choices=Complaint.Outcome.values),
            argument("--file", required=True, help="text file with the answer, in plain English"),
        ),
    ),
)
