"""Test residents over HTTP."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.limits.table import TEST_RESIDENT_RENEWED
from accounts.models import AuditEvent
from clients.models import TestResident
from clients.test_residents.cast import CAST
from tests.accounts.limits.filling import fill
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller("developer")


def test_they_are_made_once_and_listed_without_what_they_sign_in_with(caller: Caller) -> None:
    assert caller.call("GET", "/test-residents").json() == []
    made = caller.call("POST", "/test-residents")
    assert {one["situation"] for one in made.json()} == set(CAST)
    assert caller.call("POST", "/test-residents").json() == made.json()
    assert TestResident.objects.count() == len(CAST)
    listed = caller.call("GET", "/test-residents")
    assert listed.json() == made.json()
    assert "password" not in listed.content.decode()
    event = AuditEvent.objects.filter(event="organisation:test_resident:made").first()
    assert event is not None
    assert event.actor_kind == "api_token"


def test_one_is_shown_with_all_that_they_sign_in_with_and_never_stored(caller: Caller) -> None:
    number = caller.call("POST", "/test-residents").json()[0]["id"]
    shown = caller.call("GET", f"/test-residents/{number}")
    assert "no-store" in shown["Cache-Control"]
    before = shown.json()["signs_in_with"]
    assert {len(before["code"]), len(before["next_code"])} == {6}
    renewed = caller.call("POST", f"/test-residents/{number}/renew").json()["signs_in_with"]
    assert renewed["password"] != before["password"]
    assert renewed["app_secret"] != before["app_secret"]
    kept = str(list(AuditEvent.objects.values()))
    assert before["password"] not in kept
    assert renewed["password"] not in kept


def test_a_viewer_sees_who_they_are_and_not_how_they_sign_in(caller: Caller) -> None:
    number = caller.call("POST", "/test-residents").json()[0]["id"]
    viewer = Caller("viewer", of=caller.organisation)
    assert len(viewer.call("GET", "/test-residents").json()) == len(CAST)
    assert viewer.call("GET", f"/test-residents/{number}").status_code == 403


def test_giving_new_passwords_is_bounded(caller: Caller, settings: Settings) -> None:
    number = caller.call("POST", "/test-residents").json()[0]["id"]
    settings.LIMITS_ENABLED = True
    fill(TEST_RESIDENT_RENEWED, str(caller.organisation.pk))
    refused = caller.call("POST", f"/test-residents/{number}/renew")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_they_are_listed_by_few_statements(
    caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller.call("POST", "/test-residents")
    with django_assert_num_queries(3):
        caller.call("GET", "/test-residents")
