"""Reads what came of telling applications."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Account
from clients.models import Application
from idp.models import Delivery, PairwiseSubject


def sign_outs(application: Application, account: Account, *, since: datetime) -> QuerySet[Delivery]:
    """Return the sign-outs of this account that the application was to be told of since then."""
    subjects = PairwiseSubject.objects.filter(
        account=account, sector_identifier=application.sector_identifier
    )
    return Delivery.objects.filter(
        application=application, subject__in=subjects.values("subject"), created_at__gte=since
    )


def due_before(moment: datetime) -> list[str]:
    """Return the ids of those that wait and should have been tried by then."""
    due = Q(next_try_at__lte=moment) | Q(next_try_at=None, created_at__lte=moment)
    rows = Delivery.objects.filter(due, state=Delivery.State.QUEUED).order_by("created_at")
    return [str(pk) for pk in rows.values_list("pk", flat=True)]
