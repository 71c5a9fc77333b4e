"""Tells owners that an agreement ends, and stops what has none."""

from datetime import date

from django.db import transaction

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.notices.catalogue import Template
from accounts.retention.one_by_one import each
from clients.applications import operations as applications
from clients.applications.writing import locked, recorded
from clients.approval import telling
from clients.approval.agreements import queries
from clients.approval.agreements.rules import PAST, notice_due
from clients.models import Application


def look(*, today: date) -> int:
    """Tell and stop what is due on this day, and return how many applications it was."""
    rows = list(queries.looked_at(today=today))
    return sum(each(rows, lambda application: _look(application, today)))


@transaction.atomic
def _look(application: Application, today: date) -> bool:
    row = locked(application)
    if row.agreement_ends_on is None:
        return False
    due = notice_due(ends_on=row.agreement_ends_on, today=today, told=row.agreement_told)
    if due is None:
        return False
    row.agreement_told = due
    row.save(update_fields=["agreement_told"])
    recorded(Event.AGREEMENT_END_TOLD, row, by=SYSTEM, days=str(due))
    telling.tell_owners_of(row, Template.AGREEMENT_ENDS)
    if due == PAST:
        applications.suspend(application=row, by=SYSTEM)
    return True
