"""Telling an organisation's owners and developers that a secret ends, before it does."""

from datetime import datetime

from django.db import transaction

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.notices.catalogue import Template
from accounts.retention.one_by_one import each
from clients.applications.credentials import queries
from clients.applications.credentials.rules import notice_due
from clients.models import ClientSecret
from clients.organisations.members.telling import tell_developers

_MAILS = {
    30: Template.SECRET_ENDS_IN_30_DAYS,
    7: Template.SECRET_ENDS_IN_7_DAYS,
    1: Template.SECRET_ENDS_IN_1_DAY,
}


def tell_due(*, now: datetime) -> int:
    """Tell of each secret that ends soon, once a notice; return of how many."""
    return sum(each(queries.ending(now), lambda row: _told(row, now=now)))


@transaction.atomic
def _told(secret: ClientSecret, *, now: datetime) -> bool:
    rows = ClientSecret.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("application__organisation").get(pk=secret.pk)
    if row.expires_at is None or row.revoked_at is not None:
        return False
    due = notice_due(ends_at=row.expires_at, now=now, told=row.told_days_before)
    if due is None:
        return False
    row.told_days_before = due
    row.save(update_fields=["told_days_before"])
    application = row.application
    tell_developers(application.organisation, _MAILS[due], about=application.name)
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind=queries.KIND,
        object_id=str(row.pk),
        detail={"days": due},
    )
    record(Event.CLIENT_SECRET_REMINDED, by=SYSTEM, about=about)
    return True
