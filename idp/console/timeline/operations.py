"""Records that somebody read what happened to an account."""

from django.db import transaction

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import record
from accounts.models import AuditEvent
from idp.console.helping.operations import about
from idp.models import HelpSession


@transaction.atomic
def note_seen(*, help_session: HelpSession) -> None:
    """Record the look, once in a help session."""
    touched = about(help_session)
    before = AuditEvent.objects.filter(
        event=Event.HELP_TIMELINE_SEEN,
        case_reference=touched.case_reference,
        object_id=touched.object_id,
    )
    if not before.exists():
        record(Event.HELP_TIMELINE_SEEN, by=staff(help_session.staff), about=touched)
