"""Tells of the end of services, and brings it about for each resident."""

from datetime import datetime

from django.db import transaction

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.models import Account
from accounts.notices import queries as notices
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.retention.one_by_one import each
from clients.applications.writing import recorded
from clients.models import Application
from idp.consent.operations import withdraw
from idp.retiring import queries


def tell_due(*, now: datetime) -> int:
    """Write to everybody who shares with a service that is going to end; return how many.

    A mail names no service: others may read it.
    """
    return sum(each(list(queries.untold()), lambda application: _tell(application, now)))


@transaction.atomic
def _tell(application: Application, now: datetime) -> int:
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if row.retires_at is None or row.retirement_told_at is not None:
        return 0
    told = sum(_write_to(account) for account in queries.to_tell(row, now=now))
    row.retirement_told_at = now
    row.save(update_fields=["retirement_told_at"])
    recorded(Event.RETIREMENT_TOLD, row, by=SYSTEM, residents=str(told))
    return told


def _write_to(account: Account) -> int:
    addresses = notices.addresses_to_tell(account)[:1]
    for row in addresses:
        queue(
            template=Template.SERVICE_ENDS,
            address=row.address,
            language=account.language,
            account=account,
        )
    return len(addresses)


def end_sharing() -> int:
    """End what residents share with services that have ended; return how many agreements."""

    def end(pair: tuple[Account, Application]) -> bool:
        account, application = pair
        withdraw(account=account, application=application, by=SYSTEM)
        return True

    return sum(each(queries.left_over(), end))
