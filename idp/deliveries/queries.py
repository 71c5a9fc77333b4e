"""Reads what came of telling applications."""

from datetime import datetime

from django.db.models import QuerySet

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
