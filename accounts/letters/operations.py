"""Queueing a letter."""

from django.db import transaction
from django_tasks.base import Task

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import BY_ITSELF, About, record
from accounts.letters.jobs import send_letter
from accounts.models import Account, Letter, RecoveryRequest


@transaction.atomic
def queue(
    *,
    kind: Letter.Kind,
    account: Account,
    by: Actor,
    recovery: RecoveryRequest | None = None,
    job: Task[[str], None] = send_letter,
    within: About = BY_ITSELF,
) -> Letter:
    """Queue a letter and the job that writes it in the caller's transaction: both or neither.

    `within`: the help session that it is part of, whose case the event names.
    """
    letter = Letter.objects.create(
        kind=kind,
        account=account,
        recovery=recovery,
        language=account.language,
    )
    about = About(
        account_id=account.pk,
        object_kind=kind,
        object_id=str(letter.pk),
        detail=within.detail,
        case_reference=within.case_reference,
    )
    record(Event.LETTER_QUEUED, by=by, about=about)
    job.enqueue(str(letter.pk))
    return letter
