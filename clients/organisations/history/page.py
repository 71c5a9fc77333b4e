"""What the page of an organisation's history shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.audit.actor import ActorKind
from accounts.models import AuditEvent
from accounts.pages.moments import moment
from clients.models import Organisation
from clients.organisations.history import queries
from clients.organisations.history.wording import (
    BY_COUNCIL,
    BY_PROGRAM,
    SOMEBODY,
    TOLD,
    WHY,
)
from clients.organisations.members.wording import ROLES

_COUNCIL = frozenset({ActorKind.OPERATOR, ActorKind.STAFF, ActorKind.SYSTEM})


@dataclass(frozen=True)
class Names:
    """Who and what the events are about."""

    members: dict[UUID, str]
    applications: dict[str, str]


@dataclass(frozen=True)
class Happened:
    """One event in words, and who did it."""

    at: datetime
    event: str
    what: str
    who: str


def rows(organisation: Organisation, events: Page[AuditEvent]) -> list[dict[str, Any]]:
    """Return events as a summary list takes them."""
    return [_row(one) for one in in_words(organisation, events)]


def in_words(organisation: Organisation, events: Iterable[AuditEvent]) -> list[Happened]:
    """Return events in words."""
    listed = list(events)
    accounts = {event.account_id for event in listed if event.account_id}
    accounts |= {UUID(event.actor_id) for event in listed if _is_person(event)}
    client_ids = {event.application_id for event in listed if event.application_id}
    names = Names(
        queries.member_names(organisation, accounts),
        queries.application_names(organisation, client_ids),
    )
    return [_happened(event, names) for event in listed]


def pagination(page: Page[AuditEvent]) -> dict[str, Any]:
    """Return the links to newer and older events as a pagination component takes them."""
    links: dict[str, Any] = {}
    if page.has_previous():
        links["previous"] = {"href": f"?page={page.previous_page_number()}", "text": _("Newer")}
    if page.has_next():
        links["next"] = {"href": f"?page={page.next_page_number()}", "text": _("Older")}
    return links


def _happened(event: AuditEvent, names: Names) -> Happened:
    member = names.members.get(event.account_id) if event.account_id else None
    what = str(TOLD[event.event]).format(
        application=names.applications.get(event.application_id) or _("An application"),
        member=member or SOMEBODY,
        role=ROLES.get(event.reason, event.reason),
        why=WHY.get(event.reason, ""),
    )
    return Happened(event.at, event.event, what, _who(event, names))


def _row(one: Happened) -> dict[str, Any]:
    value = format_html(
        '<bdi>{}</bdi><div class="govuk-hint"><bdi>{}</bdi></div>', one.what, one.who
    )
    return {"key": {"text": moment(one.at)}, "value": {"html": value}}


def _who(event: AuditEvent, names: Names) -> str:
    if _is_person(event):
        # Staff act as themselves; members read only whom they act for.
        return names.members.get(UUID(event.actor_id)) or str(BY_COUNCIL)
    return str(BY_COUNCIL if event.actor_kind in _COUNCIL else BY_PROGRAM)


def _is_person(event: AuditEvent) -> bool:
    return event.actor_kind == ActorKind.RESIDENT
