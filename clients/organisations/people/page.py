"""What the list of an organisation's members shows."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from accounts.models import EmailAddress
from clients.models import Invitation, Member
from clients.organisations.inviting import queries as invitations
from clients.organisations.members import queries
from clients.organisations.members.rules import Permission, may
from clients.organisations.members.wording import ROLES


def words(member: Member) -> dict[str, Any]:
    """Return what the page shows to this member."""
    organisation, manages = member.organisation, may(member.role, Permission.MANAGE_MEMBERS)
    people = list(queries.of_organisation(organisation))
    addresses = _addresses(people)
    waiting = invitations.open_of(organisation) if manages else []
    return {
        "member": member,
        "manages": manages,
        "rows": [_row(row, member, addresses, manages=manages) for row in people],
        "invitations": [_invited(row, organisation.slug) for row in waiting],
        "has_one_owner": queries.owners(organisation).count() <= 1,
    }


def _addresses(people: list[Member]) -> dict[Any, str]:
    rows = EmailAddress.objects.filter(
        account__in=[row.account_id for row in people], is_primary=True, unsafe_since=None
    )
    return dict(rows.values_list("account", "address"))


def _row(
    row: Member, reader: Member, addresses: dict[Any, str], *, manages: bool
) -> dict[str, Any]:
    name = row.account.full_name
    is_reader = row.pk == reader.pk
    shown: dict[str, Any] = {
        "key": {"html": format_html("<bdi>{}</bdi>{}", name, _(" (you)") if is_reader else "")},
        "value": {
            "html": format_html(
                '{}<div class="govuk-hint">{}<br>{}</div>',
                ROLES[row.role],
                addresses.get(row.account_id, ""),
                _("Since {day}").format(day=date_format(localtime(row.since), "j F Y")),
            )
        },
    }
    if manages and not is_reader:
        address = reverse("members:role", args=[row.organisation.slug, row.pk])
        action = {"href": address, "text": _("Change"), "visuallyHiddenText": name}
        shown["actions"] = {"items": [action]}
    return shown


def _invited(row: Invitation, organisation: str) -> dict[str, Any]:
    day = date_format(localtime(row.expires_at), "j F Y")
    is_open = row.expires_at > now()
    state = _("Works until {day}").format(day=day) if is_open else _("Too old to be taken")
    action = {
        "href": reverse("inviting:invitation", args=[organisation, row.pk]),
        "text": _("Send again or cancel"),
        "visuallyHiddenText": row.address,
    }
    value = format_html('{}<div class="govuk-hint">{}</div>', ROLES[row.role], state)
    return {
        "key": {"text": row.address},
        "value": {"html": value},
        "actions": {"items": [action]},
    }
