"""Making and answering complaints."""

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.complaints import rules
from accounts.models import Account, AccountClosing, Complaint
from accounts.notices import queries as notices
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.security.tokens import readable_code


class TooManyOpenError(Exception):
    """As many as may wait for an answer do already."""


class UnknownComplaintError(LookupError):
    """No complaint has this code."""


class AlreadyAnsweredError(Exception):
    """It was answered before: an answer stands as it was given."""


@transaction.atomic
def make(*, account: Account, kind: Complaint.Kind, text: str, by: Actor) -> Complaint:
    """Record a complaint and confirm it by mail.

    Raises:
        TooManyOpenError: nothing was recorded.
    """
    # One at a time: a double click must not slip past the count.
    owner = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if owner.complaints.filter(answered_at=None).count() >= rules.OPEN_AT_ONCE:
        raise TooManyOpenError
    complaint = Complaint.objects.create(
        code=readable_code(),
        account=owner,
        kind=kind,
        text=text,
        made_at=timezone.now(),
        due_on=rules.due(timezone.localdate()),
    )
    record(Event.COMPLAINT_MADE, by=by, about=_about(complaint))
    _write_to(owner, Template.COMPLAINT_MADE)
    return complaint


@transaction.atomic
def answer(*, code: str, outcome: Complaint.Outcome, text: str, by: Actor) -> Complaint:
    """Record the answer, and tell its owner that there is one.

    Of an account that was emptied only the outcome is kept: nobody is left to read more.

    Raises:
        UnknownComplaintError: there is none with this code.
        AlreadyAnsweredError: it has an answer.
    """
    rows = Complaint.objects.select_for_update(of=("self",), no_key=True)
    complaint = rows.select_related("account").filter(code=code).first()
    if complaint is None:
        raise UnknownComplaintError(code)
    if complaint.answered_at is not None:
        raise AlreadyAnsweredError(code)
    complaint.outcome, complaint.answer = outcome, "" if _was_emptied(complaint) else text
    complaint.answered_at = timezone.now()
    complaint.save(update_fields=["outcome", "answer", "answered_at"])
    record(Event.COMPLAINT_ANSWERED, by=by, about=_about(complaint))
    if complaint.account is not None:
        _write_to(complaint.account, Template.COMPLAINT_ANSWERED)
    return complaint


def _was_emptied(complaint: Complaint) -> bool:
    closings = AccountClosing.objects.filter(account=complaint.account_id)
    return closings.filter(purged_at__isnull=False).exists()


def _write_to(account: Account, template: Template) -> None:
    # The main safe address alone: it is a letter, no alarm. What it is about is read signed in.
    for row in notices.addresses_to_tell(account)[:1]:
        queue(template=template, address=row.address, language=account.language, account=account)


def _about(complaint: Complaint) -> About:
    return About(
        account_id=complaint.account_id,
        object_kind="complaint",
        object_id=complaint.code,
        reason=complaint.outcome or complaint.kind,
    )
