"""Checking, hashing and setting passwords."""

import unicodedata
from datetime import datetime

from django.contrib.auth.hashers import make_password, verify_password
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.passwords.hash_queue import QUEUE
from accounts.passwords.rules import MAXIMUM_LENGTH
from accounts.signals import authenticator_changed

# Django takes this for an account without a password, and spends one hash on it.
_NO_ACCOUNT = "!"


def check(account: Account | None, password: str) -> bool:
    """Say whether the password is the account's; one hash, whether there is an account or not.

    Call it outside a transaction: a hash, and the wait for its turn, take longer than any row
    should be locked. A right password whose hash was made at other costs than the settings name is
    hashed anew.

    Raises:
        HashesBusyError: too many hashes are being made; nothing was checked.
    """
    prepared = _prepared(password)
    encoded = account.password if account is not None else _NO_ACCOUNT
    with QUEUE.turn():
        # Cut, not left out, so that the work is the same for a password of any length.
        right, outdated = verify_password(prepared[:MAXIMUM_LENGTH], encoded)
        if len(prepared) > MAXIMUM_LENGTH or account is None or not right:
            return False
        anew = make_password(prepared) if outdated else ""
    if anew:
        # Only over the hash that was checked: a password changed meanwhile stays changed.
        Account.objects.filter(pk=account.pk, password=encoded).update(password=anew)
    return True


def hashed(password: str) -> str:
    """Return the hash to store; make it before any transaction, as it takes long.

    Raises:
        HashesBusyError: too many hashes are being made.
    """
    with QUEUE.turn():
        return make_password(_prepared(password))


@transaction.atomic
def set_password(
    *, account: Account, encoded: str, event: Event, by: Actor, from_mailbox: bool = False
) -> None:
    """Give the account a new password, which `hashed` has hashed, recorded as `event`.

    `from_mailbox`: whoever chose it has shown no more than that they read the owner's mail.
    """
    change = "changed" if account.has_password else "added"
    account.password = encoded
    _save_change(account, from_mailbox=from_mailbox)
    record(event, by=by, about=About(account_id=account.pk, object_kind="password"))
    authenticator_changed.send(Account, account=account, kind="password", change=change)


@transaction.atomic
def remove_password(*, account: Account, by: Actor) -> None:
    """Leave the account without a password; whatever was begun by an older one ends by that."""
    had_one = account.has_password
    account.set_unusable_password()
    _save_change(account, from_mailbox=False)
    if had_one:
        about = About(account_id=account.pk, object_kind="password")
        record(Event.PASSWORD_REMOVED, by=by, about=about)
        authenticator_changed.send(Account, account=account, kind="password", change="removed")


def _save_change(account: Account, *, from_mailbox: bool) -> None:
    account.password_changed_at = timezone.now()
    account.password_from_mailbox = from_mailbox
    account.password_suspect_since = None
    account.save(
        update_fields=[
            "password",
            "password_changed_at",
            "password_from_mailbox",
            "password_suspect_since",
        ]
    )


def vouched(account: Account, *, changed_at: datetime | None) -> None:
    """Note that the password was used together with a second step: it is its owner's.

    `changed_at`: when the password that was typed had been set. One that was set since, by whoever
    reads the mail, while its owner was between the two steps, is not vouched for.
    """
    if account.password_from_mailbox:
        same = Account.objects.filter(pk=account.pk, password_changed_at=changed_at)
        same.update(password_from_mailbox=False)


def _prepared(password: str) -> str:
    # One form for letters that keyboards compose differently (RFC 8265 §4.2.1), and no lone
    # surrogate, which has no bytes to hash.
    return unicodedata.normalize("NFC", password.encode(errors="replace").decode())
