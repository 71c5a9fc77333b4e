"""Queueing a mail."""

from django.db import transaction

from accounts.models import Account, OutboundMessage, PendingSignUp
from accounts.models.email_address import address_key
from accounts.notices.catalogue import Template
from accounts.notices.jobs import send_message


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
