"""Queueing a letter."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.letters.jobs import send_letter
from accounts.models import Account, Authenticator, Letter, RecoveryRequest


@transaction.atomic
def queue(
    *,
    kind: Letter.Kind,
    account: Account,
    by: Actor,
    recovery: RecoveryRequest | None = None,
    authenticator: Authenticator | None = None,
) -> Letter:
    """Queue a letter and its job in the caller's transaction: both stand or neither."""
    letter = Letter.objects.create(
        kind=kind,
        account=account,
        recovery=recovery,
        authenticator=authenticator,
        language=account.language,
    )
    about = About(account_id=account.pk, object_kind=kind, object_id=str(letter.pk))
    record(Event.LETTER_QUEUED, by=by, about=about)
    send_letter.enqueue(str(letter.pk))
    return letter
