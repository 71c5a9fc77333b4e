"""Writing one queued letter and handing it over: mint, keep the hash, print, note how it went."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.letters import queries
from accounts.letters.contents import recovery_page
from accounts.letters.minting import mint_recovery_code
from accounts.letters.outgoing import NotSentError, outgoing
from accounts.letters.paper import Page, print_ready
from accounts.models import Letter, RecoveryRequest
from accounts.notices.rules import wait_after

logger = logging.getLogger(__name__)
_State = Letter.State


def deliver(letter_id: UUID) -> timedelta | None:
    """Hand the letter over if it is still wanted; return how long to wait before the next try."""
    page = _prepare(letter_id)
    if page is None:
        return None
    try:
        outgoing().hand_over(print_ready(page), reference=str(letter_id))
    except NotSentError as error:
        return _note_failure(letter_id, str(error))
    Letter.objects.filter(pk=letter_id).update(
        state=_State.SENT, sent_at=timezone.now(), last_error=""
    )
    return None


@transaction.atomic
def _prepare(letter_id: UUID) -> Page | None:
    """Write the letter, its code made anew at every attempt, so that no clear one waits."""
    rows = Letter.objects.select_for_update(of=("self",), no_key=True)
    letter = rows.select_related("account").filter(pk=letter_id, state=_State.QUEUED).first()
    if letter is None:
        return None
    request = _wanted_for(letter)
    if request is None:
        letter.state = _State.DROPPED
        letter.save(update_fields=["state"])
        return None
    letter.attempts += 1
    letter.save(update_fields=["attempts"])
    return recovery_page(letter, request, mint_recovery_code(request))


def _wanted_for(letter: Letter) -> RecoveryRequest | None:
    """Return the recovery that the letter still serves, its row held; its address may be unfit."""
    if letter.recovery_id is None or not queries.may_write_to(letter.account):
        return None
    requests = RecoveryRequest.objects.select_for_update(of=("self",), no_key=True)
    proving = requests.filter(pk=letter.recovery_id, state=RecoveryRequest.State.PROVING)
    return proving.first()


def _note_failure(letter_id: UUID, name: str) -> timedelta | None:
    letter = Letter.objects.get(pk=letter_id)
    wait = wait_after(letter.attempts)
    letter.state = _State.FAILED if wait is None else _State.QUEUED
    letter.last_error = name
    letter.save(update_fields=["state", "last_error"])
    logger.warning("letter %s not sent, attempt %s: %s", letter_id, letter.attempts, name)
    return wait
