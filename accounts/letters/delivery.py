"""Writing one queued letter and handing it over: mint, keep the hash, print, note how it went."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.letters import queries
from accounts.letters.outgoing import NotSentError, outgoing
from accounts.letters.paper import Page, print_ready
from accounts.models import Letter
from accounts.notices.queries import is_of_somebody_dead
from accounts.notices.rules import wait_after

logger = logging.getLogger(__name__)
_State = Letter.State


def _nothing_more() -> None:
    pass


@dataclass(frozen=True)
class Written:
    """What a letter says, and what becomes true in the moment in which it is handed over."""

    page: Page
    handed_over: Callable[[], None] = _nothing_more


# Says what a letter says, or that nobody wants it any more; in a transaction that holds its row.
Write = Callable[[Letter], Written | None]


def deliver(letter_id: UUID, write: Write) -> timedelta | None:
    """Hand the letter over if it is still wanted; return how long to wait before the next try."""
    written = _prepare(letter_id, write)
    if written is None:
        return None
    try:
        outgoing().hand_over(print_ready(written.page), reference=str(letter_id))
    except NotSentError as error:
        return _note_failure(letter_id, str(error))
    _note_sent(letter_id, written)
    return None


@transaction.atomic
def _prepare(letter_id: UUID, write: Write) -> Written | None:
    """Write the letter, its code made anew at every attempt, so that no clear one waits."""
    rows = Letter.objects.select_for_update(of=("self",), no_key=True)
    letter = rows.select_related("account").filter(pk=letter_id, state=_State.QUEUED).first()
    if letter is None:
        return None
    # Its address may be unfit by now.
    is_wanted = queries.may_write_to(letter.account)
    is_wanted = is_wanted and not is_of_somebody_dead(letter.account_id)
    written = write(letter) if is_wanted else None
    if written is None:
        letter.state = _State.DROPPED
        letter.save(update_fields=["state"])
        return None
    letter.attempts += 1
    letter.save(update_fields=["attempts"])
    return written


@transaction.atomic
def _note_sent(letter_id: UUID, written: Written) -> None:
    written.handed_over()
    Letter.objects.filter(pk=letter_id).update(
        state=_State.SENT, sent_at=timezone.now(), last_error=""
    )


def _note_failure(letter_id: UUID, name: str) -> timedelta | None:
    letter = Letter.objects.get(pk=letter_id)
    wait = wait_after(letter.attempts)
    letter.state = _State.FAILED if wait is None else _State.QUEUED
    letter.last_error = name
    letter.save(update_fields=["state", "last_error"])
    logger.warning("letter %s not sent, attempt %s: %s", letter_id, letter.attempts, name)
    return wait
