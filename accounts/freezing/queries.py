"""What stops an account."""

from datetime import datetime

from accounts.assurance import Level, Method
from accounts.audit.events import Event
from accounts.freezing.rules import Wish
from accounts.mfa.queries import methods_of
from accounts.models import Account, AuditEvent, Freeze


def in_force(account: Account) -> Freeze | None:
    """Return the freeze that holds now, if one does."""
    return Freeze.objects.filter(account=account, ended_at=None).first()


def last_unfrozen_after(account: Account, mailbox_key: str) -> datetime | None:
    """Return when the last freeze by this mailbox was ended, if one was."""
    rows = Freeze.objects.filter(account=account, mailbox_key=mailbox_key, ended_at__isnull=False)
    return rows.order_by("-ended_at").values_list("ended_at", flat=True).first()


def is_referred_since(account: Account, moment: datetime) -> bool:
    """Say whether a wish to freeze by mail was left to people since then."""
    rows = AuditEvent.objects.filter(account_id=account.pk, event=Event.FREEZE_REFERRED)
    return rows.filter(at__gte=moment).exists()


def wish(account: Account, freeze: Freeze, proved: frozenset[Method]) -> Wish:
    """Return what decides whether whoever proved this much may unfreeze the account."""
    held = account.changes_held_until
    return Wish(
        proved=proved,
        available=methods_of(account),
        least=Level(freeze.level),
        recovered=held is not None and held > freeze.frozen_at,
        held_until=held,
    )
