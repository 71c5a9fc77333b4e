"""Marking ways to reach an account's owner, and how much mails give away."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, EmailAddress
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.notices.queries import addresses_to_tell
from accounts.safety import cutting_off
from accounts.safety.channels import Channel, Kind, channel_of
from accounts.safety.main_address import keep_a_main_address


class NotMarked(StrEnum):
    """Why a way to reach somebody was left as it is."""

    UNKNOWN = "channel_unknown"
    LAST_SAFE_ADDRESS = "last_safe_address"


class NotMarkedError(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: NotMarked) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def mark_unsafe(*, account: Account, key: str, by: Actor, last_too: bool = False) -> None:
    """Send nothing more to this way to reach the account's owner, and obey nothing from there.

    With `last_too` also where no safe email address remains; then the account gets no mail at all.

    Raises:
        NotMarkedError: the account has no such way, or it is the last address that mail goes to.
    """
    locked, channel = _locked(account, key)
    if channel.is_unsafe:
        return
    others = [row for row in addresses_to_tell(locked) if row != channel.row]
    if channel.kind is Kind.EMAIL and not others and not last_too:
        raise NotMarkedError(NotMarked.LAST_SAFE_ADDRESS)
    channel.row.unsafe_since = timezone.now()
    channel.row.save(update_fields=["unsafe_since"])
    cut_off(account=locked, channel=channel)
    keep_a_main_address(locked)
    record(Event.CHANNEL_MARKED_UNSAFE, by=by, about=_about(locked, channel))
    tell(account=locked, news=News.CHANNEL_MARKED_UNSAFE, detail=channel.kind)


@transaction.atomic
def mark_safe(*, account: Account, key: str, by: Actor) -> None:
    """Send to this way to reach the account's owner again, and obey what comes from there.

    Raises:
        NotMarkedError: the account has no such way.
    """
    locked, channel = _locked(account, key)
    if not channel.is_unsafe:
        return
    # Before it may hear of anything: told are those that were safe all along.
    tell(account=locked, news=News.CHANNEL_MARKED_SAFE, detail=channel.kind)
    channel.row.unsafe_since = None
    channel.row.save(update_fields=["unsafe_since"])
    record(Event.CHANNEL_MARKED_SAFE, by=by, about=_about(locked, channel))


@transaction.atomic
def set_discreet(*, account: Account, discreet: bool, by: Actor) -> None:
    """Have mails say neither whose they are nor which service they are about, or say it again."""
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if locked.is_discreet == discreet:
        return
    locked.is_discreet = account.is_discreet = discreet
    locked.save(update_fields=["is_discreet"])
    about = About(account_id=locked.pk, detail={"discreet": discreet})
    record(Event.DISCRETION_CHANGED, by=by, about=about)
    tell(account=locked, news=News.DISCREET_CHANGED)


def cut_off(*, account: Account, channel: Channel) -> None:
    """Take from whoever reads the channel what they have in hand; in the caller's transaction."""
    match channel.row:
        case EmailAddress() as row:
            cutting_off.mailboxes(account, [row.address_key], now=timezone.now())
        case _ if channel.kind is Kind.PHONE:
            cutting_off.phones(account)
        case _:
            cutting_off.letterbox(account, now=timezone.now())


def _locked(account: Account, key: str) -> tuple[Account, Channel]:
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    channel = channel_of(locked, key)
    if channel is None:
        raise NotMarkedError(NotMarked.UNKNOWN)
    return locked, channel


def _about(account: Account, channel: Channel) -> About:
    object_id = str(channel.row.pk)
    return About(account_id=account.pk, object_kind=channel.kind, object_id=object_id)
