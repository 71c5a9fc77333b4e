"""An organisation's members over HTTP, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Member
from tests import factories
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller("viewer")


def _joined(caller: Caller, number: int) -> None:
    for place in range(number):
        account = factories.account(full_name=f"Colleague {place}")
        factories.member(account, of=caller.organisation, role=Member.Role.DEVELOPER)


def _all(caller: Caller, limit: int) -> list[str]:
    """Return the names on all pages."""
    page = caller.call("GET", f"/members?limit={limit}").json()
    found = page["items"]
    while page["next"]:
        assert len(page["items"]) == limit
        page = caller.call("GET", f"/members?limit={limit}&after={page['next']}").json()
        assert page["items"]
        found += page["items"]
    return [one["name"] for one in found]


def _names(caller: Caller) -> list[str]:
    rows = Member.objects.filter(organisation=caller.organisation).order_by("since", "pk")
    return list(rows.values_list("account__full_name", flat=True))


def test_they_are_listed_without_their_addresses_nor_any_others(caller: Caller) -> None:
    member = factories.member(factories.account("ann@example.org"), of=caller.organisation)
    elsewhere = factories.member(factories.account(full_name="Finn Elsewhere"))
    shown = caller.call("GET", "/members")
    assert member.account.full_name in [one["name"] for one in shown.json()["items"]]
    assert set(shown.json()["items"][0]) == {"id", "name", "role", "since"}
    assert "example.org" not in shown.content.decode()
    assert elsewhere.account.full_name not in shown.content.decode()


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_they_are_listed_page_by_page_as_they_came(caller: Caller, limit: int) -> None:
    _joined(caller, 5)
    assert _all(caller, limit) == _names(caller)


def test_those_of_one_moment_are_all_listed(caller: Caller) -> None:
    _joined(caller, 5)
    Member.objects.update(since=timezone.now() - timedelta(days=1))
    assert _all(caller, 2) == _names(caller)


def test_a_place_of_another_organisations_list_shows_none_of_its_members(caller: Caller) -> None:
    other = Caller()
    _joined(other, 3)
    place = other.call("GET", "/members?limit=1").json()["next"]
    _joined(caller, 1)
    names = {one["name"] for one in caller.call("GET", f"/members?after={place}").json()["items"]}
    assert names <= set(_names(caller))


@pytest.mark.parametrize("query", ["after=x", "after=1", "limit=0", "limit=101", "limit=x"])
def test_a_question_that_is_none_is_refused(caller: Caller, query: str) -> None:
    refused = caller.call("GET", f"/members?{query}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["words"]


def test_it_takes_as_few_statements_for_many_as_for_one(
    caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _joined(caller, 5)
    caller.call("GET", "/members")
    # Limit, token, rows.
    with django_assert_num_queries(3):
        caller.call("GET", "/members")
