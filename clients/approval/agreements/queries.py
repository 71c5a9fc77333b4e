"""Reads whose agreement comes to its end."""

from datetime import date, timedelta

from django.db.models import QuerySet

from clients.approval.agreements.rules import NOTICES, PAST
from clients.models import Application


def looked_at(*, today: date) -> QuerySet[Application]:
    """Return the live applications whose owners may have to hear of an agreement's end."""
    rows = Application.objects.filter(
        environment=Application.Environment.LIVE,
        agreement_ends_on__lte=today + timedelta(days=max(NOTICES)),
    )
    over = [Application.Status.CLOSED, Application.Status.RETIRED]
    # Those whose owners have heard of the end itself have heard all.
    return rows.exclude(status__in=over).exclude(agreement_told=PAST).order_by("pk")
