"""Making staff accounts, writing to their owners, and ending it all when they leave."""

from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing.operations import note_left
from accounts.mfa.removal import discard
from accounts.models import Account, Authenticator, DirectoryLink, Session, StaffMember
from accounts.models.email_address import address_key
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.sessions.operations import end_all
from accounts.signals import staff_stopped
from accounts.staffing.operations import revoke_all
from accounts.staffing.people.rules import sign_in_key_of


class AlreadyStaffError(Exception):
    """Somebody of the staff has this mailbox."""


class LeftError(Exception):
    """They work for the council no longer."""


@transaction.atomic
def make(
    *, work_email: str, name: str, team: str, by: Actor, is_written_to: bool = True
) -> StaffMember:
    """Make somebody a staff account without any role, and mail them the link for a first key.

    No link to whom the directory has just vouched for (`is_written_to`).

    Raises:
        AlreadyStaffError: one of the staff has this mailbox; nothing was written.
    """
    key = sign_in_key_of(address_key(work_email))
    account = Account(
        sign_in_name=key,
        sign_in_key=key,
        full_name=name,
        staff_since=timezone.now(),
        # Nobody closes it for not being used: it ends when its owner leaves.
        use_checked_from=None,
        language=settings.LANGUAGE_CODE,
    )
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:  # the unique name decides, also between two at once
        raise AlreadyStaffError from error
    member = StaffMember.objects.create(
        account=account,
        work_email=work_email,
        work_email_key=address_key(work_email),
        team=team,
    )
    record(Event.STAFF_MADE, by=by, about=About(account_id=account.pk))
    if is_written_to:
        _send_link(member, by=by)
    return member


@transaction.atomic
def send_link(*, member: StaffMember, by: Actor) -> None:
    """Mail a new link for a first key, and take away all that an earlier one may have opened.

    Keys, sessions and roles go: whoever lost the last key, or had a link stolen, begins anew, and
    gets roles back once somebody has heard from them that the new key is theirs.

    Raises:
        LeftError: they work for the council no longer.
    """
    held = _held(member)
    _disarm(held.account, reason=Session.EndReason.ENDED_BY_OPERATOR, by=by)
    _send_link(held, by=by)


@transaction.atomic
def leave(*, member: StaffMember, by: Actor, may_return: bool = False) -> None:
    """End all that somebody of the staff could do, for good; their mailbox may begin anew.

    Only with `may_return` by the directory's word, should it have vouched for them: it may not have
    heard yet. Without it somebody here makes them a new account.

    Raises:
        LeftError: they left before.
    """
    held = _held(member)
    account = held.account
    _disarm(account, reason=Session.EndReason.LEFT_STAFF, by=by)
    account.status = Account.Status.CLOSED
    # Free for whoever comes back, or has the mailbox next: as another account.
    account.sign_in_name = account.sign_in_key = sign_in_key_of(str(uuid4()))
    account.save(update_fields=["status", "sign_in_name", "sign_in_key"])
    held.left_at = timezone.now()
    held.save(update_fields=["left_at"])
    DirectoryLink.objects.filter(member=held).update(
        refresh_token="", ended_at=held.left_at, is_barred=not may_return
    )
    note_left(account=account)
    record(Event.STAFF_LEFT, by=by, about=About(account_id=account.pk))


@transaction.atomic
def stand_down(*, member: StaffMember, by: Actor) -> None:
    """End every session and role of somebody for whom the directory vouches no more.

    Keys stay, and open nothing until it vouches for them again: it may have been a lost token.

    Raises:
        LeftError: they left before.
    """
    held = _held(member)
    now = timezone.now()
    DirectoryLink.objects.filter(member=held).update(refresh_token="", gone_at=now, asked_at=None)
    _stop(held.account, reason=Session.EndReason.LEFT_STAFF, by=by)
    record(Event.DIRECTORY_WORD_LOST, by=by, about=About(account_id=member.pk))


def _held(member: StaffMember) -> StaffMember:
    account = Account.objects.select_for_update(no_key=True).get(pk=member.pk)
    held = StaffMember.objects.get(pk=member.pk)
    if held.left_at is not None:
        raise LeftError
    held.account = account
    return held


def _disarm(account: Account, *, reason: Session.EndReason, by: Actor) -> None:
    for way in Authenticator.objects.filter(account=account):
        discard(way, session=None, by=by, reason=reason)
    _stop(account, reason=reason, by=by)


def _stop(account: Account, *, reason: Session.EndReason, by: Actor) -> None:
    revoke_all(account=account, by=by)
    end_all(account=account, reason=reason, by=by)
    staff_stopped.send(StaffMember, account=account, reason=reason)


def _send_link(member: StaffMember, *, by: Actor) -> None:
    queue(
        template=Template.STAFF_ENROL,
        address=member.work_email,
        language=member.account.language,
        account=member.account,
    )
    record(Event.STAFF_LINK_SENT, by=by, about=About(account_id=member.pk))
