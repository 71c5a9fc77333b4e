"""Queueing a mail, and queueing it again when its worker died."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Account, OutboundMessage, PendingSignUp
from accounts.models.email_address import address_key
from accounts.notices import queries
from accounts.notices.catalogue import Template
from accounts.notices.jobs import send_message

# Longer than any try to send takes.
_LOST_AFTER = timedelta(hours=1)


@transaction.atomic
def queue(
    *,
    template: Template,
    address: str,
    language: str,
    account: Account | None = None,
    sign_up: PendingSignUp | None = None,
) -> OutboundMessage:
    """Queue a mail and its job in the caller's transaction: both stand or neither.

    An empty `address` queues a mail for nobody, which costs the same and is dropped by the worker.
    """
    message = OutboundMessage.objects.create(
        template=template,
        address=address,
        address_key=address_key(address),
        language=language,
        account=account,
        sign_up=sign_up,
    )
    send_message.enqueue(str(message.pk))
    return message


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give every mail that no job will send, as after a worker was killed, a new one; count them.

    A job for a mail that was sent meanwhile does nothing.
    """
    waiting = queries.queued_before(now - _LOST_AFTER)
    # Read after the mails: whatever a job finishes in between is one job too many, never too few.
    busy = queries.with_a_job(send_message.module_path, begun_after=now - _LOST_AFTER)
    lost = [message_id for message_id in waiting if message_id not in busy]
    for message_id in lost:
        send_message.enqueue(message_id)
    return len(lost)
