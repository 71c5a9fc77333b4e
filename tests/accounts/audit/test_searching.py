"""Auditors find events by what they know, page by page, and are recorded."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from accounts.audit.actor import OPERATOR, ActorKind
from accounts.audit.events import Event
from accounts.audit.searching import queries
from accounts.audit.searching.operations import search
from accounts.audit.searching.queries import Wanted
from accounts.models import AuditEvent
from tests.accounts.audit import log

pytestmark = pytest.mark.django_db

ACCOUNT = UUID(int=7)


def _found(**wanted: Any) -> list[int]:
    return [event.pk for event in search(wanted=Wanted(**wanted), by=OPERATOR).events]


@pytest.mark.parametrize(
    "columns, wanted",
    [
        ({"account_id": ACCOUNT}, {"account_id": ACCOUNT}),
        ({"organisation_id": ACCOUNT}, {"organisation_id": ACCOUNT}),
        ({"application_id": "bins"}, {"application_id": "bins"}),
        ({"help_code": "ABCD2345"}, {"help_code": "ABCD2345"}),
        ({"case_reference": "C-1"}, {"case_reference": "C-1"}),
        ({"actor_id": "9"}, {"actor_kind": ActorKind.RESIDENT, "actor_id": "9"}),
    ],
)
def test_events_are_found_by_each_thing_alone(
    columns: dict[str, Any], wanted: dict[str, Any]
) -> None:
    log.one(1)
    number = log.one(2, **columns)
    assert _found(**wanted) == [number]


def test_events_are_found_by_kind_and_by_time() -> None:
    old = log.one(1, at=log.ago(days=9))
    new = log.one(2, at=log.ago(days=1))
    assert _found(event=Event.SESSION_STARTED) == [new, old]
    assert _found(event=Event.ACCOUNT_CLOSED) == []
    assert _found(event=Event.SESSION_STARTED, since=log.ago(days=2)) == [new]
    assert _found(event=Event.SESSION_STARTED, until=log.ago(days=2)) == [old]
    at = AuditEvent.objects.get(pk=new).at
    assert _found(event=Event.SESSION_STARTED, since=at) == [new]
    assert _found(event=Event.SESSION_STARTED, until=at) == [old]


def test_all_that_is_wanted_counts_together() -> None:
    log.one(1, account_id=ACCOUNT)
    both = log.one(2, account_id=ACCOUNT, application_id="bins")
    log.one(3, application_id="bins")
    assert _found(account_id=ACCOUNT, application_id="bins") == [both]


def test_pages_follow_each_other_without_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    happened = log.happen(5)
    wanted = Wanted(event=Event.SESSION_STARTED)
    seen, below = [], None
    for _page in range(3):
        page = search(wanted=wanted, below=below, by=OPERATOR)
        seen += [event.pk for event in page.events]
        below = page.below
    assert seen == happened[::-1]
    assert below is None


def test_who_searches_for_what_is_recorded() -> None:
    log.one(1, account_id=ACCOUNT)
    _found(account_id=ACCOUNT, help_code="ABCD2345")
    event = AuditEvent.objects.get(event="provider:audit:searched")
    assert event.actor_kind == "operator"
    assert event.detail == {"account_id": str(ACCOUNT), "help_code": "ABCD2345", "found": 0}
    # A resident's history is about what happened to the account, not about who read of it.
    assert event.account_id is None


@pytest.mark.parametrize(
    "wanted", [Wanted(actor_id="9"), Wanted(help_code="9"), Wanted(case_reference="9")]
)
def test_what_few_events_have_is_found_by_its_index(wanted: Wanted) -> None:
    rows = queries.matching(wanted)
    # PostgreSQL's planner has moods where there are few rows.
    if connection.vendor == "sqlite":
        assert "USING INDEX audit_event_by" in rows.order_by("-pk").explain()
