"""The organisation's own history over HTTP, in the words of the page."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from accounts.audit.actor import OPERATOR, Actor, resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import AuditEvent
from tests import factories
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller("viewer")


def _happened(caller: Caller, event: Event, by: Actor = OPERATOR, **columns: object) -> AuditEvent:
    about = About(**{"organisation_id": caller.organisation.pk, **columns})  # type: ignore[arg-type]
    with transaction.atomic():
        record(event, by=by, about=about)
    return AuditEvent.objects.latest("pk")


def _events(listed: list[dict[str, str]]) -> list[str]:
    return [one["event"] for one in listed]


def test_it_says_what_happened_and_who_did_it_and_no_more(caller: Caller) -> None:
    application = caller.sandbox(name="Bin Days")
    account = factories.account(full_name="Bea Owner")
    factories.member(account, of=caller.organisation)
    row = _happened(
        caller,
        Event.CLIENT_SECRET_ROTATED,
        resident(account),
        application_id=application.client_id,
        account_id=account.pk,
    )
    (shown,) = caller.call("GET", "/history").json()["items"]
    assert set(shown) == {"at", "event", "what", "who"}
    assert (shown["event"], shown["who"]) == (row.event, "Bea Owner")
    assert shown["what"] == "Bin Days: the secret was replaced"


def test_residents_staff_and_other_organisations_are_not_named(caller: Caller) -> None:
    person = factories.account(full_name="Finn Resident")
    _happened(caller, Event.CONSENT_GRANTED, resident(person), account_id=person.pk)
    _happened(caller, Event.ORGANISATION_ACCESS_REFUSED, resident(person))
    _happened(Caller(), Event.ORGANISATION_SUSPENDED)
    foreign = factories.application(name="Elsewhere")
    _happened(caller, Event.SUBMISSION_APPROVED, resident(person), application_id=foreign.client_id)
    (shown,) = caller.call("GET", "/history").json()["items"]
    assert (shown["who"], shown["what"]) == ("The council", "An application: approved")


def test_it_is_listed_newest_first_page_by_page_whatever_comes_meanwhile(caller: Caller) -> None:
    events = [Event.ORGANISATION_CREATED, Event.PROOF_GIVEN, Event.PROOF_ACCEPTED]
    events += [Event.ORGANISATION_SUSPENDED, Event.ORGANISATION_REINSTATED]
    for event in events:
        _happened(caller, event)
    page = caller.call("GET", "/history?limit=2").json()
    found = page["items"]
    _happened(caller, Event.PROOF_LAPSED)
    while page["next"]:
        assert len(page["items"]) == 2
        page = caller.call("GET", f"/history?limit=2&after={page['next']}").json()
        found += page["items"]
    assert _events(found) == [str(event) for event in reversed(events)]


def test_events_of_one_moment_are_all_listed(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = _happened(caller, Event.ORGANISATION_CREATED).at
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    for event in (Event.PROOF_GIVEN, Event.PROOF_ACCEPTED):
        assert _happened(caller, event).at == at
    first = caller.call("GET", "/history?limit=1").json()
    rest = caller.call("GET", f"/history?after={first['next']}").json()
    assert _events(first["items"] + rest["items"]) == [
        str(one) for one in (Event.PROOF_ACCEPTED, Event.PROOF_GIVEN, Event.ORGANISATION_CREATED)
    ]


@pytest.mark.parametrize("query", ["after=x", "after=1", "limit=0", "limit=101", "limit=x"])
def test_a_question_that_is_none_is_refused(caller: Caller, query: str) -> None:
    refused = caller.call("GET", f"/history?{query}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["words"]


def test_it_takes_as_few_statements_for_many_as_for_one(
    caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = factories.account(full_name="Bea Owner")
    factories.member(account, of=caller.organisation)
    for _ in range(5):
        application = caller.sandbox()
        _happened(
            caller,
            Event.APPLICATION_CHANGED,
            resident(account),
            application_id=application.client_id,
        )
    caller.call("GET", "/history")
    # Limit, token, rows, and the names: of once members, members, their accounts, applications.
    with django_assert_num_queries(7):
        caller.call("GET", "/history")
