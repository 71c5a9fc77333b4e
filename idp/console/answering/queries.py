"""Reads who may answer a complaint."""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.audit.actor import staff as actor
from accounts.audit.events import Event
from accounts.models import Account, AuditEvent, Complaint
from clients.approval.people import same_people, same_person
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
    """Say whether they looked at the account or did anything to it: it may be about that.

    By whichever staff account is theirs, and to whichever account was joined with this one.
    """
    people = same_people(same_person(staff)).values_list("pk", flat=True)
    theirs = AuditEvent.objects.filter(
        account_id__in=_joined_with(complaint.account_id),
        actor_kind=actor(staff).kind,
        actor_id__in=[str(pk) for pk in people],
        at__gte=looked_since(complaint.made_at),
        at__lt=complaint.made_at,
    )
    return theirs.exclude(event__in=_OF_COMPLAINTS).exists()


def _joined_with(account_id: UUID | None) -> QuerySet[Account, UUID]:
    rows = Account.objects.filter(Q(pk=account_id) | Q(joined_into=account_id))
    return rows.values_list("pk", flat=True)
