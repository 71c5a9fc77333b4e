"""Sending one queued message without a code: write it, send it, and note how it went."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import TextMessage
from accounts.notices.queries import is_of_somebody_dead
from accounts.notices.rules import wait_after
from accounts.texts.outgoing import NotSentError, outgoing
from accounts.texts.queries import number_to_tell

logger = logging.getLogger(__name__)
_State = TextMessage.State
# Says what a message says, or that nobody wants it any more; in a transaction that holds its row.
Write = Callable[[TextMessage], str | None]


def deliver(message_id: UUID, write: Write) -> timedelta | None:
    """Send the message if it is still wanted; return how long to wait before the next try."""
    prepared = _prepare(message_id, write)
    if prepared is None:
        return None
    row, words = prepared
    try:
        outgoing().send(row.number, words, reference=str(row.pk))
    except NotSentError as error:
        return _note_failure(row, str(error))
    sent = {"state": _State.SENT, "sent_at": timezone.now(), "last_error": ""}
    TextMessage.objects.filter(pk=row.pk).update(**sent)
    return None


@transaction.atomic
def _prepare(message_id: UUID, write: Write) -> tuple[TextMessage, str] | None:
    rows = TextMessage.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("account").filter(pk=message_id, state=_State.QUEUED).first()
    if row is None:
        return None
    # Its number may be another one by now, or unsafe.
    is_wanted = number_to_tell(row.account) == row.number
    is_wanted = is_wanted and not is_of_somebody_dead(row.account_id)
    words = write(row) if is_wanted else None
    if words is None:
        row.state = _State.DROPPED
        row.save(update_fields=["state"])
        return None
    row.attempts += 1
    row.save(update_fields=["attempts"])
    return row, words


def _note_failure(row: TextMessage, name: str) -> timedelta | None:
    wait = wait_after(row.attempts)
    state = _State.FAILED if wait is None else _State.QUEUED
    # One that was dropped while it was on its way stays so.
    rows = TextMessage.objects.filter(pk=row.pk, state=_State.QUEUED)
    rows.update(state=state, last_error=name)
    logger.warning("text message %s not sent, attempt %s: %s", row.pk, row.attempts, name)
    return wait
