"""So many mails to one mailbox and no more: strangers ask for them, and its reader may need one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.limits import operations as limits
from accounts.limits.table import Limit
from accounts.models import Account, OutboundMessage
from accounts.notices.catalogue import CATALOGUE, Template

_State = OutboundMessage.State


@dataclass(frozen=True)
class Room:
    """Whether there is room for one more mail, and until when there is none for the next."""

    is_left: bool
    full_until: datetime | None = None


def count(hourly: Limit, daily: Limit, key: str) -> Room:
    """Count one mail to the mailbox with this key; call it outside a transaction.

    What is sent when the next cannot be must work until then, or a stranger could use up the mails
    and keep the mailbox's reader from a link that works.
    """
    is_left = limits.hit(hourly, key).allowed and limits.hit(daily, key).allowed
    wait = max(limits.peek(hourly, key).wait, limits.peek(daily, key).wait)
    return Room(is_left, timezone.now() + wait if wait else None)


def is_needed(room: Room, *, account: Account | None, template: Template, key: str) -> bool:
    """Say whether to send the mail: there is room, or the mailbox has no such link that works.

    Asked whether or not there is room, so that all answers cost the same.
    """
    has_link = _has_good_link(account, template, key)
    return room.is_left or (bool(CATALOGUE[template].link) and not has_link)


def is_outlived(account: Account, message: OutboundMessage) -> bool:
    """Say whether the account's password is newer than the mail."""
    changed_at = account.password_changed_at
    return changed_at is not None and message.created_at < changed_at


def _has_good_link(account: Account | None, template: Template, key: str) -> bool:
    mails = OutboundMessage.objects.filter(account=account, template=template, address_key=key)
    newest = mails.order_by("-created_at").first()
    if account is None or newest is None or newest.used_at or is_outlived(account, newest):
        return False
    if newest.state == _State.QUEUED:
        return True
    expires = newest.secret_expires_at
    return newest.state == _State.SENT and expires is not None and timezone.now() < expires
