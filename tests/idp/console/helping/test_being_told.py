"""Residents see in which role and team our staff looked, never who it was."""

import json
from typing import Any

import pytest

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.export.part import Asked, parts
from accounts.history.wording import words
from accounts.models import Account, AuditEvent, StaffMember
from tests import factories
from tests.accounts.visitor import Visitor
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db


def test_history_names_role_and_team_and_nobody() -> None:
    ann = factories.account("ann@example.org")
    row, _desk = helping(ann)
    StaffMember.objects.update(team="Contact centre")
    Account.objects.filter(pk=row.staff_id).update(full_name="Vera Secretname")
    about = About(account_id=ann.pk, detail={"role": "support", "tier": 0})
    record(Event.HELP_STARTED, by=staff(row.staff), about=about)
    visitor = Visitor()
    visitor.enter(ann)
    page = visitor.get("/account/history").content.decode()
    assert "Looked at by our staff, by Support, Contact centre" in page
    assert "Secretname" not in page
    event = AuditEvent.objects.get(event="account:help:started")
    assert words(event) == "Looked at by our staff, by Support"
    assert (
        "Support, Contact centre"
        in visitor.get(f"/account/history/{event.pk}/not-me").content.decode()
    )
    assert _columns_of_copy(ann)["team"] == "Contact centre"


def _columns_of_copy(account: Account) -> dict[str, Any]:
    [history] = [part for part in parts() if part.name == "history"]
    [row] = [
        row
        for row in history.records(Asked(account, includes_private=True))
        if isinstance(row, AuditEvent) and row.event == "account:help:started"
    ]
    found = {column.name: column.value(row) for column in history.columns}
    assert str(row.actor_id) not in json.dumps(found, default=str)
    return found
