"""Finds events."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from accounts.audit.actor import ActorKind
from accounts.audit.events import Event
from accounts.models import AuditEvent

PAGE: Final = 50
# Their indexes leave out what is empty; SQLite uses such a one only where it is told so.
_SELDOM: Final = frozenset({"actor_id", "help_code", "case_reference"})
# What somebody may have typed anything into: the rest is ids, times and our own codes.
_WORDS: Final = ("actor_id", "application_id", "case_reference")
_UNKNOWN: Final = "in no event"


@dataclass(frozen=True)
class Wanted:
    """What events must have; what is empty does not count. `until` is the first time after."""

    account_id: UUID | None = None
    organisation_id: UUID | None = None
    application_id: str = ""
    event: Event | None = None
    actor_kind: ActorKind | None = None
    actor_id: str = ""
    help_code: str = ""
    case_reference: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def given(self) -> dict[str, str]:
        """What counts, by name, as text."""
        return {name: str(value) for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Page:
    """Some of the events found, the newest first; `below` begins the next page, if there is one."""

    events: list[AuditEvent]
    below: int | None


def search(wanted: Wanted, *, below: int | None = None) -> Page:
    """Return a page of the events that have all that is wanted, with ids under `below`."""
    rows = matching(wanted)
    if below is not None:
        rows = rows.filter(pk__lt=below)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def unknown(wanted: Wanted) -> dict[str, str]:
    """Return, by name, what stands for words that were typed and no event has."""
    typed = {name: value for name in _WORDS if (value := getattr(wanted, name))}
    return {
        name: _UNKNOWN
        for name, value in typed.items()
        if not matching(Wanted(**{name: value})).exists()
    }


def matching(wanted: Wanted) -> QuerySet[AuditEvent]:
    """Return the events that have all that is wanted."""
    columns = {name: value for name, value in asdict(wanted).items() if value}
    since, until = columns.pop("since", None), columns.pop("until", None)
    rows = AuditEvent.objects.filter(**columns)
    for name in _SELDOM & columns.keys():
        rows = rows.exclude(**{name: ""})
    if since:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lt=until) if until else rows
