"""Which rows a copy tells, by whether their service is kept out of sight."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.export.part import Asked
from clients.models import Application
from idp.models import HiddenService


def in_sight(rows: QuerySet[Any], asked: Asked, path: str = "application") -> QuerySet[Any]:
    """Return the rows but those of private services, if these are to be left out."""
    if asked.includes_private:
        return rows
    return rows.exclude(**{f"{path}__in": private(asked)})


def private(asked: Asked) -> QuerySet[Application]:
    """Return the services that the council marked or the account's owner hid."""
    hidden = HiddenService.objects.filter(account=asked.account).values("application")
    return Application.objects.filter(Q(is_sensitive=True) | Q(pk__in=hidden))
