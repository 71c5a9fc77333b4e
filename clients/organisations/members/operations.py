"""Writes about members."""

from django.db import transaction

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from clients.models import Member, Organisation
from clients.organisations.members.rules import Permission


@transaction.atomic
def keep_stranger_out(*, account: Account, organisation: str) -> None:
    """Record that somebody tried an address of an organisation that they do not belong to."""
    found = Organisation.objects.filter(slug=organisation).first()
    _refused(account, found, reason="not_a_member" if found else "no_such_organisation")


@transaction.atomic
def keep_out(*, member: Member, permission: Permission) -> None:
    """Record that a member tried what their role does not let them do."""
    _refused(member.account, member.organisation, reason=permission)


@transaction.atomic
def keep_out_of_application(*, member: Member, client_id: str) -> None:
    """Record that a member tried an application that is not their organisation's.

    `client_id`: empty where there is none of that name at all.
    """
    reason = "not_its_application" if client_id else "no_such_application"
    _refused(member.account, member.organisation, reason=reason, application_id=client_id)


def _refused(
    account: Account, organisation: Organisation | None, *, reason: str, application_id: str = ""
) -> None:
    about = About(
        account_id=account.pk,
        organisation_id=organisation.pk if organisation else None,
        application_id=application_id,
        reason=reason,
    )
    record(Event.ORGANISATION_ACCESS_REFUSED, by=resident(account), about=about)
