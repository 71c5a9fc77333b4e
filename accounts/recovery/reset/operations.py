"""Asking for a link and changing a password by it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.assurance import Level, lasting_level_of
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits.table import RESET_MAIL, RESET_MAIL_DAILY
from accounts.mfa.holding import hold
from accounts.mfa.queries import methods_of
from accounts.models import Account, Session
from accounts.models.email_address import address_key
from accounts.notices.catalogue import RESET_LINK, Template
from accounts.notices.news import News
from accounts.notices.operations import queue
from accounts.notices.queries import addresses_to_tell, lock_link
from accounts.notices.rules import LinkState
from accounts.passwords.operations import hashed, set_password
from accounts.recovery import mails
from accounts.recovery.mails import Room
from accounts.recovery.queries import Mailbox, is_silenced, mailbox_of
from accounts.recovery.reset import rules
from accounts.recovery.reset.queries import is_resettable, may_have_link
from accounts.recovery.reset.rules import Answer, Found, Outcome
from accounts.recovery.typed import as_address
from accounts.security.browser import BrowserId
from accounts.sessions.operations import end_all
from accounts.signals import credential_changed

_TEMPLATES = {
    Answer.LINK: Template.PASSWORD_RESET,
    Answer.SHARED_ADDRESS: Template.PASSWORD_RESET_SHARED_ADDRESS,
    # It leads to the ways back that an account without a password has.
    Answer.NO_PASSWORD: Template.RECOVERY_WAYS,
    Answer.NOT_POSSIBLE: Template.PASSWORD_RESET_NOT_POSSIBLE,
    Answer.NO_ACCOUNT: Template.PASSWORD_RESET_NO_ACCOUNT,
    # Queued for nobody and dropped by the worker, for the sake of equal work.
    Answer.NOBODY: Template.PASSWORD_RESET_NO_ACCOUNT,
    Answer.ENOUGH: Template.PASSWORD_RESET_NO_ACCOUNT,
}


def request_reset(*, typed: str, by: Actor) -> None:
    """Mail whoever is meant by the sign-in name or address; the caller learns nothing.

    Call it outside a transaction: it counts against limits.
    """
    mailbox = mailbox_of(typed)
    key = address_key(mailbox.address if mailbox else typed)
    room = mails.count(RESET_MAIL, RESET_MAIL_DAILY, key)
    _answer(typed, mailbox, key, room, by)


@transaction.atomic
def _answer(typed: str, mailbox: Mailbox | None, key: str, room: Room, by: Actor) -> None:
    typed_address = as_address(typed)
    # Looked up for whatever was typed, so that all answers cost the same.
    may_be_told = not is_silenced(address_key(typed)) and bool(typed_address)
    answer = rules.answer(_found(mailbox), is_address=may_be_told)
    account = mailbox.account if mailbox else None
    if not mails.is_needed(room, account=account, template=_TEMPLATES[answer], key=key):
        answer = Answer.ENOUGH
    _send(answer, mailbox, typed_address if may_be_told else "", room)
    account_id = account.pk if account else None
    about = About(account_id=account_id, object_kind="password", reason=answer)
    record(Event.PASSWORD_RESET_REQUESTED, by=by, about=about)


def reset_password(
    *, token: str, password: str, by: Actor, browser: BrowserId | None = None
) -> Outcome:
    """Change the password by a mailed link, once, and end everything that is signed in.

    `browser`: the one that opened it, which may have been given more time.
    """
    # Before the transaction: a slow hash must not hold the database's write lock.
    return _reset(token, hashed(password), browser, by)


@transaction.atomic
def _reset(token: str, encoded: str, browser: BrowserId | None, by: Actor) -> Outcome:
    found = lock_link(RESET_LINK, token, browser)
    message = found.message
    if found.state is not LinkState.GOOD or message is None or message.account_id is None:
        return Outcome.LINK_DEAD
    account = Account.objects.select_for_update(no_key=True).get(pk=message.account_id)
    if not may_have_link(account, message):
        return Outcome.LINK_DEAD
    message.used_at = timezone.now()
    message.save(update_fields=["used_at"])
    set_password(
        account=account, encoded=encoded, event=Event.PASSWORD_RESET, by=by, from_mailbox=True
    )
    if lasting_level_of(methods_of(account)) is Level.ONE_FACTOR:
        # Nothing else guards the account: its mailbox would now be enough to change who gets in.
        hold(account)
    end_all(account=account, reason=Session.EndReason.PASSWORD_RESET, by=by)
    credential_changed.send(sender=Account, account=account, kept_session=None, offline_ends=True)
    _tell(account)
    return Outcome.CHANGED


def _found(mailbox: Mailbox | None) -> Found | None:
    if mailbox is None:
        return None
    account = mailbox.account
    return Found(mailbox.is_shared, is_resettable(account), account.has_password)


def _send(answer: Answer, mailbox: Mailbox | None, typed_address: str, room: Room) -> None:
    # To the address as its account confirmed it, never as it was typed: two spellings that fold
    # to the same may be two people's mailboxes.
    address = mailbox.address if mailbox else typed_address
    queue(
        template=_TEMPLATES[answer],
        address="" if answer is Answer.ENOUGH else address,
        account=mailbox.account if mailbox else None,
        language=mailbox.account.language if mailbox else get_language() or settings.LANGUAGE_CODE,
        good_until=room.full_until,
    )


def _tell(account: Account) -> None:
    for row in addresses_to_tell(account):
        queue(
            template=Template.PASSWORD_RESET_DONE,
            address=row.address,
            account=account,
            language=account.language,
            news=News.PASSWORD_RESET,
        )
