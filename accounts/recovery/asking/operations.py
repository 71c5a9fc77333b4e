"""Asking for the ways back, and climbing a rung behind the mailed link."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits.table import RECOVERY_MAIL, RECOVERY_MAIL_DAILY
from accounts.models import Account, OutboundMessage
from accounts.models.email_address import address_key
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.passwords import operations as passwords
from accounts.recovery import mails, queries
from accounts.recovery.asking import rules
from accounts.recovery.asking.rules import Answer, Found
from accounts.recovery.codes import operations as codes
from accounts.recovery.mails import Room
from accounts.recovery.queries import Mailbox
from accounts.recovery.rules import Refusal, Rung, Shown
from accounts.recovery.typed import as_address
from accounts.recovery.waiting import operations as waiting
from accounts.recovery.waiting.operations import Claim

_TEMPLATES = {
    Answer.WAYS: Template.RECOVERY_WAYS,
    Answer.SHARED_ADDRESS: Template.RECOVERY_SHARED_ADDRESS,
    Answer.NOT_POSSIBLE: Template.RECOVERY_NOT_POSSIBLE,
    Answer.NO_ACCOUNT: Template.RECOVERY_NO_ACCOUNT,
    # Queued for nobody and dropped by the worker, for the sake of equal work.
    Answer.NOBODY: Template.RECOVERY_NO_ACCOUNT,
    Answer.ENOUGH: Template.RECOVERY_NO_ACCOUNT,
}


def request_ways(*, typed: str, by: Actor) -> None:
    """Mail the ways back to whoever is meant by the name or address; the caller learns nothing.

    Call it outside a transaction: it counts against limits.
    """
    mailbox = queries.mailbox_of(typed)
    key = address_key(mailbox.address if mailbox else typed)
    room = mails.count(RECOVERY_MAIL, RECOVERY_MAIL_DAILY, key)
    _answer(typed, mailbox, key, room, by)


@transaction.atomic
def _answer(typed: str, mailbox: Mailbox | None, key: str, room: Room, by: Actor) -> None:
    typed_address = as_address(typed)
    # Looked up for whatever was typed, so that all answers cost the same.
    may_be_told = not queries.is_silenced(address_key(typed)) and bool(typed_address)
    answer = rules.answer(_found(mailbox), is_address=may_be_told)
    account = mailbox.account if mailbox else None
    if not mails.is_needed(room, account=account, template=_TEMPLATES[answer], key=key):
        answer = Answer.ENOUGH
    # As its account confirmed it, never as it was typed.
    address = mailbox.address if mailbox else typed_address * may_be_told
    queue(
        template=_TEMPLATES[answer],
        address="" if answer is Answer.ENOUGH else address,
        account=account,
        language=account.language if account else get_language() or settings.LANGUAGE_CODE,
        good_until=room.full_until,
    )
    account_id = account.pk if account else None
    record(Event.RECOVERY_REQUESTED, by=by, about=About(account_id=account_id, reason=answer))


def begin_by_password(
    *, message: OutboundMessage, account: Account, password: str, started_on: str, by: Actor
) -> Refusal | None:
    """Begin the wait of whoever reads the mailbox and knows the password.

    Call it outside any transaction: a hash takes long.
    """
    right = passwords.check(account, password)
    shown = {Shown.MAILBOX, Shown.PASSWORD} if right else {Shown.MAILBOX}
    claim = Claim(Rung.KNOWN_PASSWORD, frozenset(shown), message.address_key, started_on)
    return waiting.begin(account=account, claim=claim, by=by)


def begin_by_code(
    *, message: OutboundMessage, account: Account, typed: str, started_on: str, by: Actor
) -> Refusal | None:
    """Begin the wait of whoever reads the mailbox and types a code off a letter or a counter's."""
    request = codes.take(account, typed)
    if request is None:
        return Refusal.NOT_SHOWN
    rung = Rung(request.rung)
    code = Shown.POSTED_CODE if rung is Rung.POST else Shown.COUNTER_CODE
    shown = frozenset({Shown.MAILBOX, code})
    claim = Claim(rung, shown, message.address_key, started_on, request)
    return waiting.begin(account=account, claim=claim, by=by)


def _found(mailbox: Mailbox | None) -> Found | None:
    if mailbox is None:
        return None
    status = queries.status_of(mailbox.account)
    return Found(status, mailbox.is_shared, mailbox.is_named)
