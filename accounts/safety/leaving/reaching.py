"""Changing where an account's owner is reached, unnoticed wherever they are reached no more."""

from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mailbox.operations import note_former_reader
from accounts.mailbox.queries import locked_address_use
from accounts.mailbox.rules import AddressUse
from accounts.mfa.queries import Kind as Way
from accounts.mfa.removal import discard
from accounts.models import Account, Authenticator, EmailAddress, Leaving, Session
from accounts.models.account import sign_in_key
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.notices.queries import addresses_to_tell
from accounts.safety import operations
from accounts.safety.channels import Channel, Kind, channels_of
from accounts.safety.leaving.forms import REMOVE, UNSAFE
from accounts.safety.leaving.rules import NotDoneError, Refusal
from accounts.safety.leaving.steps import why_no_channels
from accounts.safety.main_address import keep_a_main_address

_NEWS = {
    Kind.EMAIL: (Event.EMAIL_REMOVED, News.EMAIL_REMOVED),
    Kind.PHONE: (Event.PHONE_REMOVED, News.PHONE_CHANGED),
    Kind.ADDRESS: (Event.POSTAL_ADDRESS_REMOVED, News.ADDRESS_CHANGED),
}


def change_channels(*, session: Session, account: Account, leaving: Leaving, by: Actor) -> None:
    """Add the new address, then remove or mark what was chosen; in the caller's transaction.

    Raises:
        NotDoneError: no address would be left that mail goes to, or this session may not.
    """
    lost = [
        (channel, leaving.choices[channel.key])
        for channel in channels_of(account)
        if leaving.choices.get(channel.key) in {REMOVE, UNSAFE}
    ]
    is_new = leaving.confirmed_at is not None
    if (lost or is_new) and why_no_channels(session) is not None:
        raise NotDoneError(Refusal.NOT_FOR_YOU)
    if is_new:
        _add(account, leaving, by)
    for channel, fate in lost:
        _lose(session, channel, fate, by)
    if lost and not addresses_to_tell(account):
        raise NotDoneError(Refusal.NO_ADDRESS_LEFT)
    keep_a_main_address(account)
    if is_new:
        _rename(account, leaving, lost)
    # Last of all: told are only those that are left.
    if is_new:
        tell(account=account, news=News.EMAIL_ADDED)
    for channel, fate in lost:
        news = News.CHANNEL_MARKED_UNSAFE if fate == UNSAFE else _NEWS[channel.kind][1]
        tell(account=account, news=news, detail=channel.kind)


def _add(account: Account, leaving: Leaving, by: Actor) -> None:
    if locked_address_use(leaving.address_key) is AddressUse.FULL:
        raise NotDoneError(Refusal.ADDRESS_FULL)
    row, _is_new = EmailAddress.objects.update_or_create(
        account=account,
        address_key=leaving.address_key,
        defaults={
            "address": leaving.address,
            "confirmed_at": leaving.confirmed_at or timezone.now(),
            "unsafe_since": None,
        },
    )
    about = About(account_id=account.pk, object_kind="email", object_id=str(row.pk))
    record(Event.EMAIL_ADDED, by=by, about=about)


def _lose(session: Session, channel: Channel, fate: str, by: Actor) -> None:
    account = session.account
    operations.cut_off(account=account, channel=channel)
    object_id = str(channel.row.pk)
    about = About(account_id=account.pk, object_kind=channel.kind, object_id=object_id)
    if fate == UNSAFE:
        channel.row.unsafe_since = timezone.now()
        channel.row.save(update_fields=["unsafe_since"])
        record(Event.CHANNEL_MARKED_UNSAFE, by=by, about=about)
        return
    if isinstance(channel.row, EmailAddress):
        note_former_reader(account=account, keys=[channel.row.address_key])
    channel.row.delete()
    if channel.kind is Kind.PHONE:
        for way in Authenticator.objects.filter(account=account, kind=Way.TEXT_MESSAGE):
            discard(way, session=session, by=by)
    record(_NEWS[channel.kind][0], by=by, about=about)


def _rename(account: Account, leaving: Leaving, lost: list[tuple[Channel, str]]) -> None:
    """Let the new address be the sign-in name where a lost one was: others know that one.

    Whoever knows a sign-in name can fill the limits on it.
    """
    keys = {
        channel.row.address_key for channel, _fate in lost if isinstance(channel.row, EmailAddress)
    }
    new_key = sign_in_key(leaving.address)
    is_taken = Account.objects.filter(sign_in_key=new_key).exists()
    if account.sign_in_key in keys and not is_taken:
        account.sign_in_name, account.sign_in_key = leaving.address, new_key
        account.save(update_fields=["sign_in_name", "sign_in_key"])
