"""Opening a recovery whose wait is over, and replacing what was lost."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.assurance import Level, level_of
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.freezing import operations as freezing
from accounts.mfa.holding import hold
from accounts.mfa.passkeys.operations import Made, keep_first
from accounts.mfa.queries import methods_of
from accounts.models import (
    Account,
    Authenticator,
    RecoveryRequest,
    Session,
)
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.passwords.operations import remove_password, set_password
from accounts.recovery import queries, rules
from accounts.recovery.opening.queries import may_choose
from accounts.recovery.rules import Refusal, Rung, Shown
from accounts.recovery.waiting.mails import mail
from accounts.security.browser import BrowserId
from accounts.sessions.operations import end_all
from accounts.signals import authenticator_changed, credential_changed

_State = RecoveryRequest.State


@dataclass(frozen=True)
class Recovered:
    """An account with one new way to sign in, and whether it had a second one before."""

    account: Account
    had_second_way: bool


@dataclass(frozen=True)
class Again:
    """What somebody has shown once more: to which mailbox, if by a link in a mail."""

    shown: frozenset[Shown]
    mailbox_key: str = ""


@transaction.atomic
def open_it(
    *, request: RecoveryRequest, account: Account, again: Again, browser: BrowserId, by: Actor
) -> Refusal | None:
    """Let this browser choose new ways for a while; return why it may not.

    A mailed link alone opens nothing: whoever reads the mailbox would need only to wait for the
    owner to ask. `account` as it was read when what was shown was checked.
    """
    fresh = queries.locked(account)
    row = queries.lock_running(fresh)
    if row is None or row.pk != request.pk:
        return Refusal.OVER
    shown = queries.still_shown(fresh, account, again.shown, again.mailbox_key)
    refused = rules.refusal_to_open(
        Rung(row.rung), shown, status=queries.status_of(fresh), standing=queries.standing_of(row)
    )
    if refused is not None:
        _note(Event.RECOVERY_REFUSED, row, by, refused)
        return refused
    row.opened_at, row.opened_by_hash = timezone.now(), browser.hash
    row.save(update_fields=["opened_at", "opened_by_hash"])
    _note(Event.RECOVERY_OPENED, row, by)
    return None


@transaction.atomic
def complete(
    *, request: RecoveryRequest, encoded: str, browser: BrowserId, by: Actor
) -> Recovered | None:
    """Replace every way to sign in by the new password, which `passwords.hashed` has hashed.

    Everything that is signed in ends, whatever proved nothing new. None if this browser may not
    choose, or no longer.
    """
    row = _to_complete(request, browser)
    if row is None:
        return None
    had_second_way = _discard_all(row.account)
    set_password(account=row.account, encoded=encoded, event=Event.PASSWORD_RESET, by=by)
    return _done(row, by, had_second_way=had_second_way)


@transaction.atomic
def complete_with_passkey(
    *, request: RecoveryRequest, made: Made, label: str, browser: BrowserId, by: Actor
) -> Recovered | None:
    """Do the same by the passkey that this browser has just made; no password is left or added.

    Raises:
        KeyKnownError: somebody has the passkey already; nothing was written.
    """
    row = _to_complete(request, browser)
    if row is None:
        return None
    had_second_way = _discard_all(row.account)
    remove_password(account=row.account, by=by)
    keep_first(account=row.account, made=made, label=label, by=by)
    return _done(row, by, had_second_way=had_second_way)


def _to_complete(request: RecoveryRequest, browser: BrowserId) -> RecoveryRequest | None:
    """Return the recovery and its account, both locked, if this browser may choose now."""
    account = queries.locked(request.account)
    row = queries.lock_running(account)
    if row is None or row.pk != request.pk or not may_choose(row, account, browser):
        return None
    row.account = account
    return row


def _discard_all(account: Account) -> bool:
    """Delete what stood beside a password, and return whether there was a second way."""
    had_second_way = level_of(methods_of(account)) > Level.ONE_FACTOR
    ways = Authenticator.objects.filter(account=account)
    for way in ways:
        authenticator_changed.send(Account, account=account, kind=way.kind, change="removed")
    ways.delete()
    return had_second_way


def _done(row: RecoveryRequest, by: Actor, *, had_second_way: bool) -> Recovered:
    account = row.account
    end_all(account=account, reason=Session.EndReason.RECOVERED, by=by)
    credential_changed.send(sender=Account, account=account, kept_session=None, offline_ends=True)
    hold(account)
    # Only a rung that was climbed at a counter is open to a frozen account.
    freezing.unfreeze_by_operator(account=account, by=by)
    row.state, row.ended_at, row.code_hash = _State.DONE, timezone.now(), ""
    row.save(update_fields=["state", "ended_at", "code_hash"])
    _note(Event.RECOVERY_COMPLETED, row, by)
    mail(Template.RECOVERY_DONE, row, news=News.RECOVERY_DONE)
    account.refresh_from_db()
    return Recovered(account, had_second_way)


def _note(event: Event, row: RecoveryRequest, by: Actor, reason: str = "") -> None:
    about = About(
        account_id=row.account_id, object_kind=row.rung, object_id=str(row.pk), reason=reason
    )
    record(event, by=by, about=about)
