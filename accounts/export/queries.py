"""Reads copies that were asked for."""

from datetime import datetime

from django.utils import timezone

from accounts.export import rules
from accounts.export.rules import Progress, Standing
from accounts.models import Account, Export

UNDER_WAY = (Export.State.ASKED, Export.State.PREPARING)


def newest(account: Account) -> Export | None:
    """Return the copy that the account's owner asked for last."""
    return Export.objects.filter(account=account).order_by("-asked_at").first()


def standing_of(export: Export | None) -> Standing:
    """Return how the copy stands, read just now."""
    return rules.standing(progress_of(export) if export else None, now=timezone.now())


def progress_of(export: Export) -> Progress:
    """Return what decides how the copy stands."""
    return Progress(
        is_ready=export.state == Export.State.READY,
        has_failed=export.state == Export.State.FAILED,
        heard_of_at=export.worked_at or export.asked_at,
        expires_at=export.expires_at,
    )


def lost(now: datetime) -> list[str]:
    """Return the ids of copies under way of which no worker has said anything for long."""
    rows = Export.objects.filter(state__in=UNDER_WAY, asked_at__lte=now - rules.LOST_AFTER)
    return [
        str(row.pk) for row in rows if rules.standing(progress_of(row), now=now) is Standing.SLOW
    ]
