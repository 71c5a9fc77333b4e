"""Requests, figures and deliveries over HTTP."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.limits.table import SENT_AGAIN
from accounts.models import AuditEvent
from clients.models import Application
from idp.models import Delivery, RequestTrail
from idp.partner_api.requests import Endpoint
from idp.portal.trail.page import ENDPOINTS
from tests.accounts.limits.filling import fill
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db
REQUESTS = "/applications/bins/requests"
DELIVERIES = "/applications/bins/deliveries"


@pytest.fixture
def caller() -> Caller:
    return Caller("developer")


@pytest.fixture
def application(caller: Caller) -> Application:
    return caller.sandbox(slug="bins")


def _request(application: Application, **columns: Any) -> RequestTrail:
    defaults = {
        "endpoint": "token",
        "duration": 1500,
        "status": 200,
        "outcome": "ok",
        "is_authenticated": True,
    }
    return application.trail.create(**{**defaults, **columns})


def _delivery(application: Application, **columns: Any) -> Delivery:
    defaults = {
        "sid": "s" * 43,
        "subject": "t" * 43,
        "state": Delivery.State.REFUSED,
        "last_status": 500,
        "expires_at": timezone.now() + timedelta(hours=1),
    }
    return application.deliveries.create(**{**defaults, **columns})


def _all(caller: Caller, path: str, query: str = "") -> list[Any]:
    """Return every row, page by page of two."""
    page = caller.call("GET", f"{path}?limit=2{query}").json()
    found = list(page["items"])
    while page["next"]:
        assert len(page["items"]) == 2
        page = caller.call("GET", f"{path}?limit=2{query}&after={page['next']}").json()
        found += page["items"]
    return found


def test_every_endpoint_of_the_page_can_be_asked_for() -> None:
    assert set(Endpoint.__args__) == set(ENDPOINTS)  # type: ignore[attr-defined]


def test_requests_are_listed_newest_first_page_by_page(
    caller: Caller, application: Application
) -> None:
    now = timezone.now()
    # Two of the same moment, at the end of a page.
    moments = [now - timedelta(seconds=one) for one in (5, 3, 3, 3, 1)]
    for number, at in enumerate(moments):
        _request(application, at=at, parameter=f"p{number}")
    listed = [one["parameter"] for one in _all(caller, REQUESTS)]
    assert listed == ["p4", "p3", "p2", "p1", "p0"]


def test_what_comes_meanwhile_moves_no_page(caller: Caller, application: Application) -> None:
    for number in range(4):
        _request(application, parameter=f"p{number}")
    first = caller.call("GET", f"{REQUESTS}?limit=2").json()
    _request(application, parameter="new")
    rest = caller.call("GET", f"{REQUESTS}?limit=2&after={first['next']}").json()
    assert [one["parameter"] for one in rest["items"]] == ["p1", "p0"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "query, found",
    [
        ("endpoint=par", {"a"}),
        ("outcome=refused", {"b"}),
        ("outcome=passed", {"a", "c", "d"}),
        ("sender=anybody", {"c"}),
        ("span=day", {"a", "b", "c"}),
        ("span=day&sender=proved&outcome=passed", {"a"}),
    ],
)
def test_requests_are_narrowed(
    caller: Caller, application: Application, query: str, found: set[str]
) -> None:
    _request(application, parameter="a", endpoint="par")
    _request(application, parameter="b", outcome="invalid_grant", status=400)
    _request(application, parameter="c", is_authenticated=False)
    _request(application, parameter="d", at=timezone.now() - timedelta(days=2))
    listed = caller.call("GET", f"{REQUESTS}?{query}").json()["items"]
    assert {one["parameter"] for one in listed} == found


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    "query",
    ["after=x", "after=1", "limit=0", "limit=101", "limit=x", "endpoint=root", "span=year"],
)
@pytest.mark.parametrize("path", [REQUESTS, DELIVERIES])
def test_a_question_that_is_none_is_refused(caller: Caller, path: str, query: str) -> None:
    if path == DELIVERIES:
        query = query.replace("endpoint=root", "state=lost").replace("span=year", "state=")
    refused = caller.call("GET", f"{path}?{query}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["words"]


def test_a_request_says_in_words_what_happened_and_what_mends_it(
    caller: Caller, application: Application
) -> None:
    _request(
        application,
        endpoint="authorize",
        status=400,
        outcome="invalid_request",
        reason="unregistered_redirect_uri",
        parameter="redirect_uri",
        sent="https://bins.example.org/other",
        section="RFC 6749 §3.1.2",
        help_code="CDFG-3467",
    )
    for code in ("CDFG-3467", "cdfg3467"):
        shown = caller.call("GET", f"{REQUESTS}/{code}").json()
        assert (shown["parameter"], shown["section"]) == ("redirect_uri", "RFC 6749 §3.1.2")
        assert "https://bins.example.org/other" in shown["fix"]
        assert shown["happened"]
    for code in ("CDFG-3466", "nothing", "%00"):
        assert caller.call("GET", f"{REQUESTS}/{code}").status_code in {400, 404}


def test_another_applications_help_code_finds_nothing(
    caller: Caller, application: Application
) -> None:
    _request(Caller().sandbox(), help_code="CDFG-3467")
    _request(caller.sandbox(), help_code="CDFG-3467")
    assert application.trail.count() == 0
    assert caller.call("GET", f"{REQUESTS}/CDFG-3467").status_code == 404


def test_figures_are_those_of_the_page_as_json_and_as_csv(
    caller: Caller, application: Application
) -> None:
    application.request_counts.create(
        hour=timezone.now().replace(minute=0, second=0, microsecond=0),
        endpoint="token",
        is_refused=True,
        reason="wrong_code_verifier",
        is_sign_in=False,
        latency=20,
        number=3,
    )
    for by, amount in (("day", 30), ("hour", 48)):
        shown = caller.call("GET", f"/applications/bins/figures?by={by}").json()
        assert len(shown["periods"]) == amount
        assert shown["periods"][-1]["latency"]["p95"] == 20
        refusal = shown["refusals"][0]
        assert (refusal["reason"], refusal["requests"]) == ("wrong_code_verifier", 3)
        latest = shown["periods"][-1]
        assert latest["errors"] == 3
        counted = {"endpoint": "token", "reason": "wrong_code_verifier", "requests": 3}
        assert shown["refusals_by_period"] == [{"start": latest["start"], **counted}]
    file = caller.call("GET", "/applications/bins/figures.csv?by=hour")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(file.content.decode())))
    assert rows[0][0] == "start"
    assert rows[51][:3] == ["token", "wrong_code_verifier", "3"]
    assert rows[-1][1:] == ["token", "wrong_code_verifier", "3"]


def test_deliveries_are_listed_page_by_page_and_name_nobody(
    caller: Caller, application: Application
) -> None:
    for _ in range(3):
        _delivery(application)
    _delivery(application, state=Delivery.State.QUEUED)
    listed = _all(caller, DELIVERIES, "&state=refused")
    assert len({one["id"] for one in listed}) == 3
    assert listed[0]["last_answer"] == "Your server answered HTTP 500 (Internal Server Error)."
    assert "ssss" not in str(listed) + str(_all(caller, DELIVERIES))
    assert "tttt" not in str(listed)


def test_a_delivery_is_sent_again_once(caller: Caller, application: Application) -> None:
    row = _delivery(application)
    assert caller.call("POST", f"{DELIVERIES}/{row.pk}/again").status_code == 202
    again = caller.call("POST", f"{DELIVERIES}/{row.pk}/again")
    assert (again.status_code, again.json()["reason"]) == (409, "not_again")
    event = AuditEvent.objects.get(event="application:delivery:requeued")
    assert event.actor_kind == "api_token"


def test_sending_again_is_bounded(
    caller: Caller, application: Application, settings: Settings
) -> None:
    row = _delivery(application)
    settings.LIMITS_ENABLED = True
    fill(SENT_AGAIN, application.client_id)
    assert caller.call("POST", f"{DELIVERIES}/{row.pk}/again").status_code == 429
    row.refresh_from_db()
    assert row.state == Delivery.State.REFUSED


@pytest.mark.parametrize("path", ["requests", "deliveries"])
def test_a_list_takes_as_few_statements_for_many_as_for_one(
    caller: Caller,
    application: Application,
    path: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        _request(application)
        _delivery(application)
    caller.call("GET", f"/applications/bins/{path}")
    # Limit, token, application, and the rows.
    with django_assert_num_queries(4):
        caller.call("GET", f"/applications/bins/{path}")
