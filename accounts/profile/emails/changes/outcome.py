"""What a change of addresses does once everybody agreed to it."""

from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mailbox.operations import note_former_reader
from accounts.mailbox.queries import locked_address_use
from accounts.mailbox.rules import AddressUse
from accounts.mfa.holding import hold
from accounts.models import Account, EmailAddress, EmailChange
from accounts.models.account import sign_in_key
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.notices.operations import queue, tell
from accounts.profile.emails.queries import main_address, signs_in_with

Kind = EmailChange.Kind


class NotPossible(StrEnum):
    """Why a change that everybody agreed to is not brought about."""

    ADDRESS_FULL = "address_full"
    OVERTAKEN = "overtaken"


class NotPossibleError(Exception):
    """The change cannot be brought about; nothing was changed."""

    def __init__(self, reason: NotPossible) -> None:
        super().__init__(reason)
        self.reason = reason


def bring_about(change: EmailChange, *, by: Actor) -> None:
    """Give the account its new address, in the transaction that holds both rows.

    Raises:
        NotPossibleError: the address has no room, or the main address is another by now.
    """
    account, old = change.account, main_address(change.account)
    if change.kind != Kind.ADD and old.address_key != change.old_key:
        raise NotPossibleError(NotPossible.OVERTAKEN)
    new = _own(change)
    if change.kind == Kind.ADD:
        _done(change, Event.EMAIL_ADDED, by=by)
        tell(account=account, news=News.EMAIL_ADDED)
        return
    if change.changes_sign_in_name and signs_in_with(account, old):
        _change_sign_in_name(account, new)
    _make_main(new, old)
    _done(change, Event.EMAIL_MADE_MAIN, by=by)
    if change.kind == Kind.REPLACE:
        let_go(change, old)
    tell(account=account, news=News.EMAIL_PRIMARY_CHANGED)
    if change.by_staff:
        # Whoever fooled the staff shall not add ways to sign in before the owner has objected.
        hold(account)


def let_go(change: EmailChange, old: EmailAddress) -> None:
    """Take the address from the account and tell it how to object, unless it is marked unsafe."""
    was_safe = old.unsafe_since is None
    note_former_reader(account=change.account, keys=[old.address_key])
    old.delete()
    if was_safe:
        queue(
            template=Template.EMAIL_CHANGED,
            address=old.address,
            account=change.account,
            language=change.account.language,
            email_change=change,
        )


def _own(change: EmailChange) -> EmailAddress:
    rows = EmailAddress.objects.filter(account=change.account, address_key=change.address_key)
    row = rows.first()
    if row is not None:
        return row
    if change.kind == Kind.MAKE_MAIN:
        raise NotPossibleError(NotPossible.OVERTAKEN)
    if locked_address_use(change.address_key) is AddressUse.FULL:
        raise NotPossibleError(NotPossible.ADDRESS_FULL)
    return EmailAddress.objects.create(
        account=change.account,
        address=change.address,
        address_key=change.address_key,
        confirmed_at=change.confirmed_at or timezone.now(),
    )


def _make_main(new: EmailAddress, old: EmailAddress) -> None:
    # In this order: an account never has two main addresses, not even for a moment.
    old.is_primary = False
    old.save(update_fields=["is_primary"])
    new.is_primary = True
    new.save(update_fields=["is_primary"])


def _change_sign_in_name(account: Account, new: EmailAddress) -> None:
    """Let the account sign in with its new address, unless that would be somebody else's name."""
    rows = EmailAddress.objects.filter(address_key=new.address_key, account__is_test=False)
    if rows.exclude(account=account).exists():
        return
    try:
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(
                sign_in_name=new.address, sign_in_key=sign_in_key(new.address)
            )
    except IntegrityError:  # somebody has the name: this account keeps its own
        return
    account.refresh_from_db(fields=["sign_in_name", "sign_in_key"])


def _done(change: EmailChange, event: Event, *, by: Actor) -> None:
    change.done_at = timezone.now()
    change.expires_at = change.done_at + settings.OLD_EMAIL_LIFETIME
    change.save(update_fields=["done_at", "expires_at"])
    about = About(
        account_id=change.account_id, object_kind="email_change", object_id=str(change.pk)
    )
    record(event, by=by, about=about)
