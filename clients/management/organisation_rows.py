"""How operators see an organisation, its members and its proofs."""

from accounts.management.operator_command import Refused, Row
from clients.models import Member, Organisation, OrganisationProof
from clients.organisations import queries
from clients.organisations.members import queries as members
from clients.organisations.proving import queries as proofs
from clients.organisations.proving.rules import ready_to_go_live


def found(slug: str) -> Organisation:
    """Return the organisation of this short name.

    Raises:
        Refused: there is none.
    """
    organisation = queries.find(slug)
    if organisation is None:
        message = f"There is no organisation {slug!r}: see organisation list"
        raise Refused(message)
    return organisation


def row(organisation: Organisation) -> Row:
    """Return an organisation as a list shows it."""
    return {
        "organisation": organisation.slug,
        "name": organisation.name,
        "status": organisation.status,
        "council": organisation.is_council,
        "applications": sorted(row.slug for row in organisation.applications.all()),
    }


def detail(organisation: Organisation) -> Row:
    """Return an organisation with everything about it."""
    return {
        **row(organisation),
        "id": organisation.pk,
        "created_at": organisation.created_at,
        "council_owner_since": organisation.council_owner_since,
        "ownerless_since": organisation.ownerless_since,
        "missing_to_go_live": list(ready_to_go_live(proofs.evidence(organisation))),
        "members": [_member(one) for one in members.of_organisation(organisation)],
        "proofs": [proof_row(one) for one in proofs.of_organisation(organisation)],
    }


def proof_row(proof: OrganisationProof) -> Row:
    """Return one proof."""
    return {
        "kind": proof.kind,
        "value": proof.value,
        "state": proof.state,
        "reason": proof.reason,
        "given_at": proof.given_at,
        "checked_at": proof.checked_at,
    }


def _member(member: Member) -> Row:
    return {
        "account": member.account_id,
        "sign_in_name": member.account.sign_in_name,
        "name": member.account.full_name,
        "role": member.role,
        "since": member.since,
    }
