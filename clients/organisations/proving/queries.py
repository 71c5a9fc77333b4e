"""Reads proofs, and what an organisation has of all that going live needs."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import EmailAddress
from clients.models import Organisation, OrganisationProof
from clients.organisations.members import queries as members
from clients.organisations.proving.rules import CHECKED_EVERY, Evidence

State, Kind = OrganisationProof.State, OrganisationProof.Kind


def of_organisation(organisation: Organisation) -> QuerySet[OrganisationProof]:
    """Return the organisation's proofs, the oldest first."""
    return OrganisationProof.objects.filter(organisation=organisation).order_by("given_at", "pk")


def waiting() -> QuerySet[OrganisationProof]:
    """Return the numbers that wait for the council, the oldest first."""
    rows = OrganisationProof.objects.filter(~Q(kind=Kind.DOMAIN), state=State.WAITING)
    return rows.select_related("organisation").order_by("given_at", "pk")


def domains_to_check(now: datetime) -> QuerySet[OrganisationProof]:
    """Return the domains that stand and were not looked at lately."""
    rows = OrganisationProof.objects.filter(kind=Kind.DOMAIN, state=State.STANDING)
    return rows.filter(checked_at__lte=now - CHECKED_EVERY).order_by("checked_at")


def evidence(organisation: Organisation) -> Evidence:
    """Return what is known of the organisation for going live."""
    owners = members.owners(organisation).values("account")
    mailboxes = EmailAddress.objects.filter(account__in=owners, is_primary=True)
    return Evidence(
        is_active=organisation.status == Organisation.Status.ACTIVE,
        is_council=organisation.is_council,
        owners=mailboxes.values("address_key").distinct().count(),
        council_is_owner=organisation.council_owner_since is not None,
        has_proof=of_organisation(organisation).filter(state=State.STANDING).exists(),
    )
