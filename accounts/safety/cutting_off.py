"""Taking from whoever reads a mailbox, phone or letterbox what they have in hand already.

A way that is removed, or that is not to be trusted, hears of nothing queued and can use nothing
that was sent: its owner's next step must not be told there, nor stopped from there.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import (
    Account,
    EmailChange,
    Letter,
    OutboundMessage,
    RecoveryRequest,
    TextCode,
    TextMessage,
)

State = RecoveryRequest.State
_OPEN_RECOVERIES = (State.PROVING, State.WAITING, State.PAUSED)


def mailboxes(account: Account, keys: Collection[str], *, now: datetime) -> None:
    """Cut off the mailboxes with these keys, where this account is concerned."""
    messages = OutboundMessage.objects.filter(account=account, address_key__in=keys)
    messages.filter(state=OutboundMessage.State.QUEUED).update(state=OutboundMessage.State.DROPPED)
    messages.filter(used_at=None).update(secret_expires_at=now, kept_open_until=None, code_hash="")
    changes = EmailChange.objects.filter(
        Q(address_key__in=keys) | Q(old_key__in=keys), account=account
    )
    changes.filter(done_at=None, cancelled_at=None).update(cancelled_at=now)
    # What an old address may still object to by then, it may no more.
    changes.filter(expires_at__gt=now).update(expires_at=now)
    _end(RecoveryRequest.objects.filter(account=account, mailbox_key__in=keys), now)


def phones(account: Account) -> None:
    """Cut off the account's phone."""
    codes = TextCode.objects.filter(account=account)
    codes.filter(state=TextCode.State.QUEUED).update(state=TextCode.State.DROPPED)
    codes.update(code_hash="")
    messages = TextMessage.objects.filter(account=account, state=TextMessage.State.QUEUED)
    messages.update(state=TextMessage.State.DROPPED)


def letterbox(account: Account, *, now: datetime) -> None:
    """Cut off the account's letterbox; a letter on its way opens nothing any more."""
    letters = Letter.objects.filter(account=account, state=Letter.State.QUEUED)
    letters.update(state=Letter.State.DROPPED)
    by_post = RecoveryRequest.objects.filter(account=account, rung=RecoveryRequest.Rung.POST)
    _end(by_post, now)


def recoveries(account: Account, *, now: datetime) -> None:
    """End every way back in that somebody has begun: the owner is in."""
    _end(RecoveryRequest.objects.filter(account=account), now)


def _end(requests: QuerySet[RecoveryRequest], now: datetime) -> None:
    requests.filter(state__in=_OPEN_RECOVERIES).update(
        state=State.CANCELLED, ended_at=now, code_hash=""
    )
