"""Reads whom the end of a service concerns."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Account
from clients.models import Application
from idp.models import Consent, HiddenService


def untold() -> QuerySet[Application]:
    """Return the services whose end nobody has heard of yet."""
    rows = Application.objects.filter(retires_at__isnull=False, retirement_told_at=None)
    return rows.exclude(status=Application.Status.CLOSED).order_by("pk")


def to_tell(application: Application, *, now: datetime) -> Iterator[Account]:
    """Return who shares with the service, but for those who hide it.

    Of a service that the council marked as sensitive nobody: no mail hints at it.
    """
    if application.is_sensitive:
        return iter(())
    hidden = HiddenService.objects.filter(account=OuterRef("account"), application=application)
    rows = _current(application).filter(~Exists(hidden), expires_at__gt=now)
    active = rows.filter(account__status=Account.Status.ACTIVE).select_related("account")
    return (consent.account for consent in active.order_by("account").iterator())


def left_over() -> Iterator[tuple[Account, Application]]:
    """Return who still shares with a service that has ended."""
    ended = Application.objects.filter(status=Application.Status.RETIRED)
    rows = Consent.objects.filter(
        application__in=ended, superseded_at=None, withdrawn_at=None
    ).select_related("account", "application")
    return ((row.account, row.application) for row in list(rows.order_by("pk")))


def _current(application: Application) -> QuerySet[Consent]:
    return Consent.objects.filter(application=application, superseded_at=None, withdrawn_at=None)
