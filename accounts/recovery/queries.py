"""Whose account it is that somebody wants back into, and how far a recovery of it is."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Case, Count, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Account, EmailAddress, RecoveryRequest
from accounts.models.account import sign_in_key
from accounts.models.email_address import address_key
from accounts.notices.queries import safe_addresses
from accounts.recovery import rules
from accounts.recovery.rules import LADDER, Rung, Running, Shown, Standing, Status, Times

_State = RecoveryRequest.State
_CLOSED_LAST = Case(When(account__status=Account.Status.CLOSED, then=1), default=0)
_RUNNING = (_State.WAITING, _State.PAUSED)


@dataclass(frozen=True)
class Mailbox:
    """An account's address, as it was confirmed, and whether other accounts read it too.

    `is_named`: the account was meant by its sign-in name, not by an address alone.
    """

    account: Account
    address: str
    is_shared: bool
    is_named: bool


def mailbox_of(typed: str) -> Mailbox | None:
    """Return the safe mailbox of the sign-in name or address that was typed.

    Always three look-ups, so that nobody learns from the time taken which of them found something.
    """
    rows = safe_addresses().select_related("account")
    named = rows.filter(account__sign_in_key=sign_in_key(typed))
    by_name = named.order_by("-is_primary", "pk").first()
    by_address = rows.filter(address_key=address_key(typed)).order_by(_CLOSED_LAST, "pk").first()
    row = by_name or by_address
    shared = is_shared(row.address_key if row else address_key(typed))
    if row is None:
        return None
    return Mailbox(row.account, row.address, shared, is_named=by_name is not None)


def is_shared(key: str) -> bool:
    """Say whether others may read the address with this key, so that reading proves less.

    Whoever has an account with it, also one that is closed; and whoever had one: else one of two
    readers would close theirs, or take the address off it, to get into the other's. An account and
    the one that it went into are one person's. A made-up person reads no mailbox.
    """
    owner = Coalesce("account__joined_into", "account")
    rows = EmailAddress.objects.filter(address_key=key, account__is_test=False)
    found: dict[str, int] = rows.aggregate(
        owners=Count(owner, distinct=True), former=Count("others_read_since")
    )
    return found["owners"] > 1 or found["former"] > 0


def is_silenced(key: str) -> bool:
    """Say whether somebody marked the address unsafe: nothing is sent there, whoever asks."""
    return EmailAddress.objects.filter(address_key=key, unsafe_since__isnull=False).exists()


def is_own_and_safe(account: Account, key: str) -> bool:
    """Say whether the address with this key is the account's, and obeyed."""
    return safe_addresses().filter(account=account, address_key=key).exists()


def wait_of(rung: Rung) -> timedelta:
    """Return how long the rung takes here."""
    name = LADDER[rung].wait_setting
    wait: timedelta = getattr(settings, name) if name else timedelta(0)
    return wait


def status_of(account: Account) -> Status:
    """Return what the account's status means for a recovery."""
    if account.status == Account.Status.FROZEN:
        return Status.FROZEN
    return Status.USABLE if account.is_active else Status.STOPPED


def locked(account: Account) -> Account:
    """Return the account as it is now, its row held: lock it before its recovery."""
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def still_shown(
    fresh: Account, checked: Account, shown: frozenset[Shown], mailbox_key: str
) -> frozenset[Shown]:
    """Return what of it counts for the account as it is now, locked.

    `checked`: the account as it was when its password was checked. A password that a mailed link
    chose shows the mailbox alone, until it was used with a second step.
    """
    changed = fresh.password_changed_at != checked.password_changed_at
    from_mailbox = fresh.password_from_mailbox and Shown.RECOVERY_CODE not in shown
    if changed or from_mailbox or fresh.password_suspect_since is not None:
        shown = shown - {Shown.PASSWORD}
    return shown if is_own_and_safe(fresh, mailbox_key) else shown - {Shown.MAILBOX}


def latest_of(account: Account) -> RecoveryRequest | None:
    """Return the account's recovery that waits, is paused or is open, if there is one."""
    row = _running(account).first()
    return row if row is not None and standing_of(row) is not Standing.OVER else None


def lock_running(account: Account) -> RecoveryRequest | None:
    """Return the recovery that has not ended, its row held; lock the account before."""
    return _running(account).select_for_update(of=("self",), no_key=True).first()


def running_of(request: RecoveryRequest | None) -> Running | None:
    """Return what rules need to know of a recovery that has begun before."""
    if request is None or standing_of(request) is Standing.OVER:
        return None
    return Running(Rung(request.rung), request.state == _State.PAUSED)


def standing_of(request: RecoveryRequest) -> Standing:
    """Return how far the recovery is now."""
    times = Times(
        opens_at=request.opens_at,
        closes_at=request.closes_at,
        told=request.told_middle_at is not None and request.told_end_at is not None,
        is_paused=request.state == _State.PAUSED,
        is_over=request.state not in _RUNNING or not has_mailbox(request),
    )
    return rules.standing(times, now=timezone.now())


def has_mailbox(request: RecoveryRequest) -> bool:
    """Say whether the mailbox that it began with, if with one, is still the account's, and safe."""
    own = safe_addresses().filter(account=request.account_id, address_key=request.mailbox_key)
    return not request.mailbox_key or own.exists()


def _running(account: Account) -> QuerySet[RecoveryRequest]:
    return RecoveryRequest.objects.filter(account=account, state__in=_RUNNING)
