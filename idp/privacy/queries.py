"""Reads what an account shares."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account
from idp.models import Consent


def agreements(account: Account) -> QuerySet[Consent]:
    """Return the agreements that hold now, with their services, by the services' names."""
    return (
        Consent.objects.filter(
            account=account,
            superseded_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
        )
        .select_related("application__organisation")
        .order_by("application__name", "application__slug")
    )
