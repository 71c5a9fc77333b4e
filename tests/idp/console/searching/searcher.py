"""Somebody of the staff who looks people up by name."""

from typing import Any

from accounts.models import Account, AuditEvent
from accounts.names.operations import note_words
from idp.models import HelpSession, NameSearch
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import help_session


def person(name: str, **columns: Any) -> Account:
    """Return a resident who can be found by this name."""
    account = factories.account(full_name=name, **columns)
    note_words(account=account)
    return account


def searching(*roles: str, ground: str = "passport") -> tuple[HelpSession, Desk]:
    """Return a help session at a counter that may look for names, and the desk it is at."""
    _member, desk = at_work(*(roles or ("support",)))
    row = help_session(desk, None, given="name", channel="counter")
    NameSearch.objects.create(help_session=row, ground=ground)
    return row, desk


def look(desk: Desk, row: HelpSession, name: str, **values: Any) -> Response:
    """Search for a name."""
    return desk.post(f"/staff/help/{row.pk}/search", name=name, **values)


def found(row: HelpSession) -> set[str]:
    """Return the ids of those whom the last search found."""
    return set(NameSearch.objects.get(pk=row.pk).found)


def recorded(event: str) -> list[AuditEvent]:
    """Return the events of one kind, the first first."""
    return list(AuditEvent.objects.filter(event=event).order_by("pk"))
