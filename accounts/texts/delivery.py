"""Sending one queued code: mint, keep the hash, send, and note how it went."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.council.queries import council
from accounts.models import Phone, TextCode
from accounts.notices.queries import is_of_somebody_dead
from accounts.pages.languages import language_for
from accounts.security.tokens import six_digits
from accounts.texts.outgoing import NotSentError, outgoing
from accounts.texts.queries import code_digest

logger = logging.getLogger(__name__)
_State = TextCode.State
# Whoever waits in front of a page asks again rather than wait for more.
_WAITS = (timedelta(seconds=15), timedelta(seconds=60))


def deliver(code_id: UUID) -> timedelta | None:
    """Send the code if it is still wanted; return how long to wait before the next try, if any."""
    prepared = _prepare(code_id)
    if prepared is None:
        return None
    row, code = prepared
    with translation.override(language_for(row.language)):
        words = _("Your {service} code is below. Give it to nobody.").format(
            service=council().service
        )
    try:
        # The code last and by itself: phones offer to fill it in.
        outgoing().send(row.number, f"{words}\n{code}", reference=str(row.pk))
    except NotSentError as error:
        return _note_failure(row, str(error))
    TextCode.objects.filter(pk=row.pk).update(state=_State.SENT, last_error="")
    return None


@transaction.atomic
def _prepare(code_id: UUID) -> tuple[TextCode, str] | None:
    rows = TextCode.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=code_id, state=_State.QUEUED).first()
    if row is None:
        return None
    unsafe = Phone.objects.filter(account=row.account_id, unsafe_since__isnull=False)
    is_wanted = not is_of_somebody_dead(row.account_id) and row.expires_at > timezone.now()
    if not is_wanted or unsafe.filter(number=row.number).exists():
        row.state = _State.DROPPED
        row.save(update_fields=["state"])
        return None
    code = six_digits()
    row.attempts += 1
    row.code_hash = code_digest(row, code)
    row.save(update_fields=["attempts", "code_hash"])
    return row, code


def _note_failure(row: TextCode, name: str) -> timedelta | None:
    wait = _WAITS[row.attempts - 1] if row.attempts <= len(_WAITS) else None
    state = _State.FAILED if wait is None else _State.QUEUED
    # One that was dropped while it was on its way stays so: its number may be nobody's of ours.
    TextCode.objects.filter(pk=row.pk, state=_State.QUEUED).update(state=state, last_error=name)
    logger.warning("text message %s not sent, attempt %s: %s", row.pk, row.attempts, name)
    return wait
