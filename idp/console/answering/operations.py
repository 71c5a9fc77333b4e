"""Reads complaints with a record of it, and answers them."""

from dataclasses import dataclass

from django.db import transaction

from accounts.audit.actor import staff as actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.complaints import operations as complaints
from accounts.models import Account, Complaint
from idp.console.answering import queries
from idp.console.answering.rules import Refusal


@dataclass(frozen=True)
class NotTheirsError(Exception):
    """This complaint is for somebody else to answer."""

    refusal: Refusal


def read(*, complaint: Complaint, staff: Account) -> None:
    """Record that somebody of the staff reads a complaint, or tried to.

    Raises:
        NotTheirsError: it is for somebody else; nothing of it may be shown.
    """
    _check(complaint, staff)
    _record(Event.COMPLAINT_READ, complaint, staff)


def answer(*, complaint: Complaint, outcome: Complaint.Outcome, text: str, staff: Account) -> None:
    """Answer it; its owner is told that there is an answer.

    Raises:
        NotTheirsError: it is for somebody else.
        AlreadyAnsweredError: somebody was quicker.
    """
    _check(complaint, staff)
    complaints.answer(code=complaint.code, outcome=outcome, text=text, by=actor(staff))


def _check(complaint: Complaint, staff: Account) -> None:
    refusal = queries.refusal_of(complaint, staff=staff)
    if refusal is not None:
        _record(Event.COMPLAINT_REFUSED, complaint, staff, reason=refusal)
        raise NotTheirsError(refusal)


@transaction.atomic
def _record(event: Event, complaint: Complaint, staff: Account, *, reason: str = "") -> None:
    about = About(
        account_id=complaint.account_id,
        object_kind="complaint",
        object_id=complaint.code,
        reason=reason,
    )
    record(event, by=actor(staff), about=about)
