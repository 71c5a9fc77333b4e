"""Searches the log, and records that it was."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.audit.searching import queries
from accounts.audit.searching.queries import Page, Wanted
from accounts.models import AuditEvent


@transaction.atomic
def search(*, wanted: Wanted, below: int | None = None, by: Actor) -> Page:
    """Return a page of what is found, newest first; who looked for what is an event of its own.

    Of words that no event has it keeps only that there were some: whoever types a name or a phone
    number would have it stand in the log for years.
    """
    page = queries.search(wanted, below=below)
    given = wanted.given if page.events else {**wanted.given, **queries.unknown(wanted)}
    detail: dict[str, str | int | bool] = {**given, "found": len(page.events)}
    if below is not None:
        detail["below"] = below
    record(Event.AUDIT_SEARCHED, by=by, about=About(detail=detail))
    return page


@transaction.atomic
def read(*, number: int, by: Actor) -> AuditEvent | None:
    """Return one event, None if there is none of this number; the look is an event of its own."""
    about = About(object_kind="audit_event", object_id=str(number))
    record(Event.AUDIT_READ, by=by, about=about)
    return AuditEvent.objects.filter(pk=number).first()
