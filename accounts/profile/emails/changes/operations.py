"""Beginning a change of addresses, confirming it at both ends, and ending it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor, ActorKind
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mailbox.queries import address_use
from accounts.mailbox.rules import MOST_CODE_TRIES, AddressUse, CodeOutcome, wrong_code
from accounts.models import Account, EmailChange, Session
from accounts.models.email_address import address_key
from accounts.notices import queries as notices
from accounts.notices.catalogue import EMAIL_AGREE_LINK, EMAIL_CONFIRM_LINK, Template
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.notices.rules import LinkState
from accounts.profile.emails.changes import outcome, queries
from accounts.profile.emails.changes.due import STAYS_OPEN, bring_on
from accounts.profile.emails.changes.mails import mail, mail_waiting
from accounts.profile.emails.changes.rules import OldAddress, Stage, halfway
from accounts.profile.emails.queries import main_address, signs_in_with

Kind = EmailChange.Kind
_MAIL_OF: Final = {
    Stage.NEW_ADDRESS: Template.EMAIL_CONFIRM,
    Stage.OLD_ADDRESS: Template.EMAIL_AGREE,
}
_STAGE_OF: Final = {
    EMAIL_CONFIRM_LINK: Stage.NEW_ADDRESS,
    EMAIL_AGREE_LINK: Stage.OLD_ADDRESS,
}


@dataclass(frozen=True)
class Wanted:
    """What an account's owner wants: an address more, or another main one."""

    kind: EmailChange.Kind
    address: str
    changes_sign_in_name: bool = False


@transaction.atomic
def begin(*, account: Account, wanted: Wanted, started_on: str, by: Actor) -> EmailChange:
    """Begin a change and mail the new address; one that began earlier ends.

    An address that has no room for one more account costs and shows the same: its mail says so.
    """
    now = _end_others(account)
    old = main_address(account)
    change = EmailChange.objects.create(
        account=account,
        kind=wanted.kind,
        address=wanted.address,
        address_key=address_key(wanted.address),
        old_address=old.address,
        old_key=old.address_key,
        changes_sign_in_name=wanted.changes_sign_in_name,
        started_on=started_on,
        expires_at=now + settings.EMAIL_CHANGE_LIFETIME,
    )
    _mail_new_address(change)
    record(Event.EMAIL_CHANGE_REQUESTED, by=by, about=_about(change, reason=change.kind))
    return change


@transaction.atomic
def begin_by_staff(*, account: Account, address: str, wait: timedelta, by: Actor) -> EmailChange:
    """Begin a change of the main address that two of the staff agreed to; others end.

    It comes about once the new address has confirmed it and the wait is over. Every safe address is
    told now and halfway, and each of those mails stops it.
    """
    now = _end_others(account)
    old, opens_at = main_address(account), now + wait
    change = EmailChange.objects.create(
        account=account,
        kind=Kind.REPLACE,
        address=address,
        address_key=address_key(address),
        old_address=old.address,
        old_key=old.address_key,
        changes_sign_in_name=signs_in_with(account, old),
        by_staff=True,
        started_at=now,
        opens_at=opens_at,
        expires_at=opens_at + STAYS_OPEN,
    )
    _mail_new_address(change)
    mail_waiting(change)
    record(Event.EMAIL_CHANGE_BEGUN_BY_STAFF, by=by, about=_about(change))
    bring_on.using(run_after=halfway(now, opens_at)).enqueue()
    return change


@transaction.atomic
def cancel_of_account(*, account: Account, by: Actor) -> bool:
    """End the account's open change at the staff's wish and tell its owner; say if it had one."""
    return _cancel_open(account, {}, by)


@transaction.atomic
def cancel_by_staff_of(*, account: Account, by: Actor) -> bool:
    """End a change that the staff agreed to, as the account is stopped; its owner's stays."""
    return _cancel_open(account, {"by_staff": True}, by)


@transaction.atomic
def send_new_code(*, change_id: UUID, session: Session, by: Actor) -> None:
    """Mail a new link and code, which make the older ones void, if one is waited for."""
    change = queries.locked(change_id)
    stage = queries.stage(change, session)
    if stage not in _MAIL_OF or _is_silent(change, stage, session):
        return
    change.code_tries = 0
    change.save(update_fields=["code_tries"])
    if stage is Stage.NEW_ADDRESS:
        _mail_new_address(change)
    else:
        _mail_old_address(change)
    record(Event.EMAIL_CHANGE_REQUESTED, by=by, about=_about(change, reason=stage))


@transaction.atomic
def confirm_by_code(*, change_id: UUID, session: Session, code: str, by: Actor) -> CodeOutcome:
    """Confirm that the mailbox that is waited for was read; the last one brings the change about.

    Raises:
        NotPossibleError: confirmed, but it cannot be brought about; nothing was changed.
    """
    change = queries.locked(change_id)
    stage = queries.stage(change, session)
    if stage not in _MAIL_OF:
        return CodeOutcome.ENDED
    if change.code_tries >= MOST_CODE_TRIES:
        return CodeOutcome.TOO_MANY_TRIES
    message = queries.newest_mail(change, _MAIL_OF[stage])
    if message is not None and notices.code_matches(message, code):
        _confirm(change, stage, how="code", by=by)
        _go_on(change, session, by=by)
        return CodeOutcome.CONFIRMED
    change.code_tries += 1
    change.save(update_fields=["code_tries"])
    return wrong_code(tries=change.code_tries)


@transaction.atomic
def confirm_by_link(*, purpose: str, token: str, by: Actor) -> None:
    """Note that the link's mailbox was read, whichever browser opened it; brings nothing about."""
    change = queries.locked_by_link(purpose, token)
    found = notices.find_link(purpose, token)
    message = found.message
    if change is None or message is None or found.state is not LinkState.GOOD:
        return
    stage = queries.stage(change, None)
    if stage is not _STAGE_OF[purpose] or not change.account.is_active:
        return
    message.used_at = timezone.now()
    message.save(update_fields=["used_at"])
    _confirm(change, stage, how="link", by=by)
    if change.by_staff:
        bring_on.enqueue()
    elif queries.stage(change, None) is Stage.OLD_ADDRESS:
        _mail_old_address(change)


@transaction.atomic
def wait_instead(*, change_id: UUID, session: Session, by: Actor) -> EmailChange:
    """Let the change wait where the old address cannot be read; every safe address is told."""
    change = queries.locked(change_id)
    if queries.stage(change, session) is not Stage.OLD_ADDRESS:
        return change
    change.opens_at = queries.would_open_at()
    change.expires_at = change.opens_at + STAYS_OPEN
    change.save(update_fields=["opens_at", "expires_at"])
    mail_waiting(change)
    record(Event.EMAIL_CHANGE_DELAYED, by=by, about=_about(change))
    return change


@transaction.atomic
def finish(*, change_id: UUID, session: Session, by: Actor) -> EmailChange:
    """Bring about a change that everybody agreed to; only for a view that is `freshly_signed_in`.

    Raises:
        NotPossibleError: the address has no room, or the main address is another by now.
    """
    change = queries.locked(change_id)
    if queries.stage(change, session) is Stage.READY and not change.by_staff:
        outcome.bring_about(change, by=by)
    return change


@transaction.atomic
def cancel(*, change_id: UUID, reason: str = "", by: Actor) -> None:
    """End a change that was not brought about yet."""
    change = queries.locked(change_id)
    if change.done_at is None and change.cancelled_at is None:
        change.cancelled_at = timezone.now()
        change.save(update_fields=["cancelled_at"])
        record(Event.EMAIL_CHANGE_CANCELLED, by=by, about=_about(change, reason=reason))
        if change.by_staff or by.kind == ActorKind.STAFF:
            tell(account=change.account, news=News.EMAIL_CHANGE_CANCELLED)


def _cancel_open(account: Account, which: dict[str, bool], by: Actor) -> bool:
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    rows = EmailChange.objects.filter(account=account, done_at=None, cancelled_at=None, **which)
    found = rows.filter(expires_at__gt=timezone.now()).first()
    if found is None:
        return False
    cancel(change_id=found.pk, reason="stopped_by_us", by=by)
    return True


def _end_others(account: Account) -> datetime:
    """End what the account has begun, its row held; return the time now."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    now = timezone.now()
    EmailChange.objects.filter(account=account, done_at=None, cancelled_at=None).update(
        cancelled_at=now
    )
    return now


def _confirm(change: EmailChange, stage: Stage, *, how: str, by: Actor) -> None:
    column = "confirmed_at" if stage is Stage.NEW_ADDRESS else "agreed_at"
    setattr(change, column, timezone.now())
    change.code_tries = 0
    change.save(update_fields=[column, "code_tries"])
    about = _about(change, reason=how, detail={"at": stage})
    record(Event.EMAIL_CHANGE_CONFIRMED, by=by, about=about)


def _go_on(change: EmailChange, session: Session, *, by: Actor) -> None:
    stage = queries.stage(change, session)
    if change.by_staff:
        bring_on.enqueue()
    elif stage is Stage.READY:
        outcome.bring_about(change, by=by)
    elif stage is Stage.OLD_ADDRESS and not _is_silent(change, stage, session):
        _mail_old_address(change)


def _is_silent(change: EmailChange, stage: Stage, session: Session) -> bool:
    """Say whether the address that would be asked is marked unsafe."""
    if stage is not Stage.OLD_ADDRESS:
        return False
    return queries.old_address(change, session) is OldAddress.NOT_OBEYED


def _mail_new_address(change: EmailChange) -> None:
    # Asked for each kind, so that an address of one's own costs the same.
    is_full = address_use(change.address_key) is AddressUse.FULL
    takes_room = change.kind != Kind.MAKE_MAIN
    full = Template.EMAIL_ADDRESS_FULL
    mail(change, full if is_full and takes_room else Template.EMAIL_CONFIRM, change.address)


def _mail_old_address(change: EmailChange) -> None:
    mail(change, Template.EMAIL_AGREE, change.old_address)


def _about(change: EmailChange, reason: str = "", detail: dict[str, str] | None = None) -> About:
    return About(
        account_id=change.account_id,
        object_kind="email_change",
        object_id=str(change.pk),
        reason=reason,
        detail=detail or {},
    )
