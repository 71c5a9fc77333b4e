"""Sending one queued mail: mint, keep the hashes, send, and note how it went."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.help_codes.operations import for_message
from accounts.models import Inactivity, OutboundMessage, RecoveryRequest
from accounts.notices import queries, render, rules
from accounts.notices.catalogue import CATALOGUE, GO_ON_LINK, STOP_LINK, Notice, Template
from accounts.notices.render import Letter
from accounts.security import keyed_hash
from accounts.security.tokens import random_token, readable_code, six_digits

logger = logging.getLogger(__name__)
State = OutboundMessage.State
_OF_A_WAIT = frozenset({STOP_LINK, GO_ON_LINK})


def deliver(message_id: UUID) -> timedelta | None:
    """Send the mail if it is still wanted; return how long to wait before the next try, if any."""
    letter = _prepare(message_id)
    if letter is None:
        return None
    try:
        render.mail(letter).send()
    except (OSError, ValueError) as error:  # SMTP and network; an address no header can carry
        return _note_failure(letter.message, error)
    _note_sent(letter.message)
    return None


@transaction.atomic
def _prepare(message_id: UUID) -> Letter | None:
    message = queries.lock_message(message_id)
    if message is None or message.state != State.QUEUED:
        return None
    if not _is_wanted(message):
        message.state = State.DROPPED
        message.save(update_fields=["state"])
        return None
    return _mint(message)


def _is_wanted(message: OutboundMessage) -> bool:
    if (
        _is_of_nobody(message)
        or queries.is_of_somebody_dead(message.account_id)
        or not message.address
        or queries.is_overtaken(message)
        or not queries.is_obeyed(message)
    ):
        return False
    if not _leads_on(message) or _is_wrong_by_now(message):
        return False
    change = message.email_change
    if change is not None and change.cancelled_at is not None:
        return False
    # Also where the sign-in is done: a stranger's is, who would have the owner get no mail.
    if message.sign_in is not None and _is_late(message):
        return False
    if CATALOGUE[message.template].is_read_out and _is_late_to_read_out(message):
        return False
    sign_up = message.sign_up
    return sign_up is None or (
        sign_up.refused_at is None
        and sign_up.confirmed_at is None
        and sign_up.expires_at > timezone.now()
    )


def _is_of_nobody(message: OutboundMessage) -> bool:
    """Say whether only somebody made up could read it: no mail server shall hear of those."""
    is_test = message.account is not None and message.account.is_test
    # RFC 2606 §2: there is nobody under this name, whoever typed it.
    return is_test or message.address_key.endswith(".invalid")


def _leads_on(message: OutboundMessage) -> bool:
    """Say whether the mail's link, if it is about a recovery, would still lead anywhere."""
    request = message.recovery
    is_of_a_wait = CATALOGUE[message.template].link in _OF_A_WAIT
    return request is None or not is_of_a_wait or request.state == RecoveryRequest.State.WAITING


def _is_wrong_by_now(message: OutboundMessage) -> bool:
    """Say whether the mail tells that an unused account closes, which does not any more."""
    closing = Inactivity.objects.filter(account=message.account_id, closes_at__isnull=False)
    return message.template == Template.ACCOUNT_CLOSES and not closing.exists()


def _is_late(message: OutboundMessage) -> bool:
    return _expiry(message, CATALOGUE[message.template].code_lifetime) <= timezone.now()


def _is_late_to_read_out(message: OutboundMessage) -> bool:
    # Whoever rang us has put down the phone.
    lifetime = CATALOGUE[message.template].code_lifetime
    return message.created_at + lifetime <= timezone.now()


def _mint(message: OutboundMessage) -> Letter:
    """Make link and code anew at every attempt, so that no clear one waits for the next."""
    notice = CATALOGUE[message.template]
    letter = Letter(
        message,
        help_code=for_message(message).code,
        token=random_token() if notice.link else "",
        code=_code(notice),
    )
    message.attempts += 1
    if notice.link:
        message.link_hash = keyed_hash.digest(notice.link, letter.token)
    if notice.lifetime_setting:
        message.secret_expires_at = _expiry(message, notice.lifetime)
    if notice.has_code:
        message.code_hash = queries.code_digest(message, letter.code)
    message.save()
    return letter


def _code(notice: Notice) -> str:
    if not notice.has_code:
        return ""
    return readable_code() if notice.is_read_out else six_digits()


def _expiry(message: OutboundMessage, lifetime: timedelta) -> datetime:
    request, change = message.recovery, message.email_change
    if CATALOGUE[message.template].link in _OF_A_WAIT and request and request.closes_at:
        return request.closes_at
    # However late the mail leaves: the old address keeps its rights so long and no longer. Nor has
    # whom the staff helped a page on which to ask for another.
    is_as_long = message.template == Template.EMAIL_CHANGED or (change and change.by_staff)
    if is_as_long and change is not None:
        return change.expires_at
    # Of a sign-in from the asking: its page must say "too old" at the same time for no mail at all.
    expiry = (message.created_at if message.sign_in else timezone.now()) + lifetime
    if message.sign_up:
        return min(expiry, message.sign_up.expires_at)
    # Set while it was queued, where it must work for longer.
    return max(expiry, message.secret_expires_at or expiry)


def _note_sent(message: OutboundMessage) -> None:
    OutboundMessage.objects.filter(pk=message.pk).update(
        state=State.SENT, sent_at=timezone.now(), last_error=""
    )


def _note_failure(message: OutboundMessage, error: Exception) -> timedelta | None:
    """Keep the error's class alone: its text may hold the address or the mail server's reply."""
    name = type(error).__name__
    wait = rules.wait_after(message.attempts)
    state = State.FAILED if wait is None else State.QUEUED
    # One that was dropped while it was on its way stays so: nobody shall hear of it any more.
    OutboundMessage.objects.filter(pk=message.pk, state=State.QUEUED).update(
        state=state, last_error=name
    )
    logger.warning("mail %s not sent, attempt %s: %s", message.pk, message.attempts, name)
    return wait
