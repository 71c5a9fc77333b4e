"""Asking for a link and changing a password by it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, OutboundMessage, Session
from accounts.notices.catalogue import RESET_LINK, Template
from accounts.notices.forms import MailAddressField
from accounts.notices.operations import queue
from accounts.notices.queries import lock_link
from accounts.notices.rules import LinkState
from accounts.passwords.operations import hashed, set_password
from accounts.recovery import queries, rules
from accounts.recovery.queries import Mailbox
from accounts.recovery.rules import Answer, Outcome
from accounts.sessions.operations import end_all
from accounts.signals import credential_changed

_TEMPLATES = {
    Answer.LINK: Template.PASSWORD_RESET,
    Answer.SHARED_ADDRESS: Template.PASSWORD_RESET_SHARED_ADDRESS,
    Answer.NOT_POSSIBLE: Template.PASSWORD_RESET_NOT_POSSIBLE,
    Answer.NO_ACCOUNT: Template.PASSWORD_RESET_NO_ACCOUNT,
    # Queued for nobody and dropped by the worker, for the sake of equal work.
    Answer.NOBODY: Template.PASSWORD_RESET_NO_ACCOUNT,
}


@transaction.atomic
def request_reset(*, typed: str, by: Actor) -> None:
    """Mail whoever is meant by the sign-in name or address; the caller learns nothing."""
    mailbox = queries.mailbox_of(typed)
    typed_address = _as_address(typed)
    answer = rules.answer(
        found=mailbox is not None,
        shared=mailbox is not None and mailbox.is_shared,
        active=mailbox is not None and mailbox.account.is_active,
        is_address=bool(typed_address),
    )
    _send(answer, mailbox, typed_address)
    account_id = mailbox.account.pk if mailbox else None
    about = About(account_id=account_id, object_kind="password", reason=answer)
    record(Event.PASSWORD_RESET_REQUESTED, by=by, about=about)


def reset_password(*, token: str, password: str, by: Actor) -> Outcome:
    """Change the password by a mailed link, once, and end everything that is signed in."""
    # Before the transaction: a slow hash must not hold the database's write lock.
    return _reset(token, hashed(password), by)


@transaction.atomic
def _reset(token: str, encoded: str, by: Actor) -> Outcome:
    found = lock_link(RESET_LINK, token)
    message = found.message
    if found.state is not LinkState.GOOD or message is None or message.account_id is None:
        return Outcome.LINK_DEAD
    account = Account.objects.select_for_update(no_key=True).get(pk=message.account_id)
    if not queries.may_have_link(account, message.address_key):
        return Outcome.LINK_DEAD
    message.used_at = timezone.now()
    message.save(update_fields=["used_at"])
    set_password(account=account, encoded=encoded, event=Event.PASSWORD_RESET, by=by)
    end_all(account=account, reason=Session.EndReason.PASSWORD_RESET, by=by)
    credential_changed.send(sender=Account, account=account, kept_session=None, offline_ends=True)
    _tell(account, message)
    return Outcome.CHANGED


def _as_address(typed: str) -> str:
    try:
        return MailAddressField().clean(typed)
    except ValidationError:
        return ""


def _send(answer: Answer, mailbox: Mailbox | None, typed_address: str) -> None:
    # To the address as its account confirmed it, never as it was typed: two spellings that fold
    # to the same may be two people's mailboxes.
    queue(
        template=_TEMPLATES[answer],
        address=mailbox.address if mailbox else typed_address,
        account=mailbox.account if mailbox else None,
        language=mailbox.account.language if mailbox else get_language() or settings.LANGUAGE_CODE,
    )


def _tell(account: Account, message: OutboundMessage) -> None:
    queue(
        template=Template.PASSWORD_RESET_DONE,
        address=message.address,
        account=account,
        language=account.language,
    )
