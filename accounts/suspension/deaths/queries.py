"""Reads whether an account is held because its owner is said to have died."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Account, DeathNote


def in_force(account: Account) -> DeathNote | None:
    """Return the note that holds the account now, if there is one."""
    return DeathNote.objects.filter(account=account, undone_at=None).first()


def lapsed(now: datetime) -> QuerySet[DeathNote]:
    """Return the notes that nobody has shown more for in time."""
    rows = DeathNote.objects.filter(undone_at=None, lapses_at__lte=now)
    return rows.select_related("account").order_by("lapses_at", "pk")
