"""What the page of an organisation's details shows."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clients.models import Member, OrganisationProof
from clients.organisations.members.rules import Permission, may
from clients.organisations.proving import queries
from clients.organisations.proving.rules import RECORD_NAME, ready_to_go_live, record_of
from clients.organisations.proving.wording import KINDS, MISSING, state_of

Kind, State = OrganisationProof.Kind, OrganisationProof.State


def words(member: Member) -> dict[str, Any]:
    """Return what the page shows to this member."""
    organisation = member.organisation
    manages = may(member.role, Permission.MANAGE_ORGANISATION)
    evidence = queries.evidence(organisation)
    return {
        "member": member,
        "manages": manages,
        "details": _details(member, evidence.owners),
        "proofs": [
            _row(row, member, manages=manages) for row in queries.of_organisation(organisation)
        ],
        "missing": [MISSING[one] for one in ready_to_go_live(evidence)],
    }


def one(member: Member, proof: OrganisationProof) -> dict[str, Any]:
    """Return the words of one proof's page."""
    is_domain = proof.kind == Kind.DOMAIN
    return {
        "member": member,
        "proof": proof,
        "kind": KINDS[proof.kind],
        "state": state_of(proof),
        "is_domain": is_domain,
        "is_good": proof.state == State.STANDING and proof.missing_since is None,
        "record_name": f"{RECORD_NAME}.{proof.value}",
        "record": record_of(proof.token),
        "back_url": reverse("organisations:details", args=[member.organisation.slug]),
    }


def _details(member: Member, owners: int) -> list[dict[str, Any]]:
    organisation = member.organisation
    since = date_format(localtime(organisation.created_at), "j F Y")
    rows = [
        (_("Name"), format_html("<bdi>{}</bdi>", organisation.name)),
        (
            _("Short name"),
            format_html('<span class="borough-as-it-is">{}</span>', organisation.slug),
        ),
        (_("Here since"), since),
        (_("Owners"), str(owners)),
    ]
    if organisation.council_owner_since is not None:
        rows.append((_("Second owner"), _("The council")))
    return [{"key": {"text": key}, "value": {"html": value}} for key, value in rows]


def _row(proof: OrganisationProof, member: Member, *, manages: bool) -> dict[str, Any]:
    value = format_html('{}<div class="govuk-hint">{}</div>', proof.value, state_of(proof))
    row: dict[str, Any] = {"key": {"text": KINDS[proof.kind]}, "value": {"html": value}}
    if manages:
        address = reverse("proving:proof", args=[member.organisation.slug, proof.pk])
        action = {"href": address, "text": _("See"), "visuallyHiddenText": proof.value}
        row["actions"] = {"items": [action]}
    return row
