"""Reads who may answer a complaint."""

from typing import Final

from accounts.audit.actor import staff as actor
from accounts.audit.events import Event
from accounts.models import Account, AuditEvent, Complaint
from idp.console.answering.rules import Refusal, looked_since, refusal_to_answer
from idp.console.helping.finding import whose
from idp.console.helping.rules import Whose
from idp.console.protection.queries import may_see_contacts

# Reading what was complained of before is no part of it.
_OF_COMPLAINTS: Final = (Event.COMPLAINT_READ, Event.COMPLAINT_ANSWERED, Event.COMPLAINT_REFUSED)


def refusal_of(complaint: Complaint, *, staff: Account) -> Refusal | None:
    """Return why this member of staff may not read and answer the complaint, or None."""
    account = complaint.account
    if account is None:
        return None
    return refusal_to_answer(
        is_their_own=whose(account, staff=staff) is Whose.THEIR_OWN,
        looked_before=_looked_before(complaint, staff),
        may_see_contacts=may_see_contacts(staff, account),
    )


def _looked_before(complaint: Complaint, staff: Account) -> bool:
    """Say whether they looked at the account or did anything to it: it may be about that."""
    by = actor(staff)
    theirs = AuditEvent.objects.filter(
        account_id=complaint.account_id,
        actor_kind=by.kind,
        actor_id=by.id,
        at__gte=looked_since(complaint.made_at),
        at__lt=complaint.made_at,
    )
    return theirs.exclude(event__in=_OF_COMPLAINTS).exists()
