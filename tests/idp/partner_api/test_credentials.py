"""Secrets, keys and leaks over HTTP."""

from typing import Any
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.limits.table import PARTNER_KEYS
from accounts.models import AuditEvent
from accounts.security import keyed_hash
from accounts.security.outgoing.client import Fetched
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from clients.applications.credentials.operations import PURPOSE
from clients.applications.queries import live_secrets
from clients.models import Application, ClientSecret, SecretLeak
from tests import factories
from tests.accounts.limits.filling import fill
from tests.idp.partner_api.caller import Caller
from tests.idp.partner_api.operations import JWKS, KEYS_URI

pytestmark = pytest.mark.django_db
CREDENTIALS = "/applications/bins/credentials"
FETCH = "clients.applications.pages.credentials.checking.fetch"


@pytest.fixture
def caller() -> Caller:
    return Caller("developer")


@pytest.fixture
def application(caller: Caller) -> Application:
    return caller.sandbox(slug="bins")


def _good(application: Application) -> int:
    return live_secrets(application, now=timezone.now()).count()


def _make(caller: Caller, *, days: int = 90, after: int = 0) -> object:
    return caller.call("POST", f"{CREDENTIALS}/secrets", {"days": days, "after": after})


def test_a_secret_is_shown_in_the_answer_that_made_it_alone(
    caller: Caller, application: Application
) -> None:
    made = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 90, "after": 0})
    secret = made.json()["client_secret"]
    assert "no-store" in made["Cache-Control"]
    row = ClientSecret.objects.get()
    assert keyed_hash.matches(PURPOSE, secret, row.secret_hash)
    shown = caller.call("GET", CREDENTIALS)
    assert [one["id"] for one in shown.json()["secrets"]] == [row.pk]
    assert shown.json()["newest"] == row.pk
    assert secret not in shown.content.decode()
    assert secret not in str(list(AuditEvent.objects.values()))
    event = AuditEvent.objects.get(event="application:client_secret:issued")
    assert (event.actor_kind, event.application_id) == ("api_token", application.client_id)


def test_a_request_whose_answer_was_lost_makes_no_second_secret(
    caller: Caller, application: Application
) -> None:
    _make(caller)
    again = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 90, "after": 0})
    assert (again.status_code, again.json()["reason"]) == (409, "secret_made_meanwhile")
    assert _good(application) == 1
    # As the description says: end what nobody has, and make another.
    newest = caller.call("GET", CREDENTIALS).json()["newest"]
    assert caller.call("DELETE", f"{CREDENTIALS}/secrets/{newest}").status_code == 204
    again = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 90, "after": newest})
    assert again.status_code == 201
    assert _good(application) == 1


def test_two_secrets_are_good_at_most(caller: Caller, application: Application) -> None:
    for _ in range(2):
        factories.client_secret(application)
    newest = application.secrets.order_by("-pk")[0].pk
    refused = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 90, "after": newest})
    assert (refused.status_code, refused.json()["reason"]) == (409, "two_secrets_are_good")
    assert _good(application) == 2


def test_a_live_applications_secret_is_good_for_no_longer_than_the_page_lets_it() -> None:
    caller = Caller(acts_on_live=True)
    factories.application(of=caller.organisation, slug="bins")
    refused = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 181, "after": 0})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["part"] == "days"
    assert not ClientSecret.objects.exists()
    made = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 180, "after": 0})
    assert made.status_code == 201


def test_an_application_without_secrets_gets_none(caller: Caller) -> None:
    caller.sandbox(slug="bins", public=True)
    refused = caller.call("POST", f"{CREDENTIALS}/secrets", {"days": 90, "after": 0})
    assert (refused.status_code, refused.json()["reason"]) == (409, "no_secret")


def test_a_secret_that_ended_stays_so_and_is_recorded_once(
    caller: Caller, application: Application
) -> None:
    factories.client_secret(application)
    number = application.secrets.get().pk
    for _ in range(2):
        assert caller.call("DELETE", f"{CREDENTIALS}/secrets/{number}").status_code == 204
    assert _good(application) == 0
    ended = AuditEvent.objects.filter(event="application:client_secret:ended")
    assert ended.count() == 1


def test_keys_take_the_place_of_secrets_and_a_secret_that_of_keys(
    caller: Caller, application: Application
) -> None:
    factories.client_secret(application)
    given = caller.call("PUT", f"{CREDENTIALS}/keys", {"jwks": JWKS})
    assert given.json()["token_endpoint_auth_method"] == "private_key_jwt"
    assert [key["kid"] for key in given.json()["keys"]] == ["one"]
    assert _good(application) == 0
    back = caller.call("POST", f"{CREDENTIALS}/use-secret")
    assert (back.status_code, len(back.json()["client_secret"])) == (201, 43)
    shown = caller.call("GET", CREDENTIALS).json()
    assert shown["token_endpoint_auth_method"] == "client_secret_basic"
    assert shown["keys"] == []
    assert caller.call("POST", f"{CREDENTIALS}/use-secret").status_code == 409


@pytest.mark.parametrize(
    "given, part",
    [
        ({}, "jwks"),
        ({"jwks": {"keys": "none"}}, "jwks"),
        ({"jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}}, "jwks"),
        ({"jwks_uri": "https://10.0.0.1/jwks"}, "jwks_uri"),
        ({"jwks_uri": "http://service.example.org/jwks"}, "jwks_uri"),
        ({"jwks_uri": "java\tscript:alert(1)"}, "jwks_uri"),
        ({"jwks": JWKS, "jwks_uri": KEYS_URI}, "jwks_uri"),
    ],
)
def test_keys_that_are_unfit_are_refused_by_part(
    caller: Caller, application: Application, given: dict[str, object], part: str
) -> None:
    refused = caller.call("PUT", f"{CREDENTIALS}/keys", given)
    assert refused.status_code == 422
    assert part in {error["part"] for error in refused.json()["errors"]}
    application.refresh_from_db()
    assert application.token_endpoint_auth_method == "client_secret_basic"


@pytest.mark.parametrize(
    "answer",
    [
        {"return_value": Fetched(404, b"", {})},
        {"return_value": Fetched(200, b"not json", {})},
        {"side_effect": OutgoingRefusedError(FetchProblem.TIMED_OUT)},
    ],
)
def test_an_address_that_does_not_answer_with_keys_is_refused(
    caller: Caller, application: Application, answer: dict[str, Any]
) -> None:
    with mock.patch(FETCH, **answer):
        refused = caller.call("PUT", f"{CREDENTIALS}/keys", {"jwks_uri": KEYS_URI})
    assert (refused.status_code, refused.json()["errors"][0]["part"]) == (422, "jwks_uri")
    application.refresh_from_db()
    assert application.jwks_uri == ""


@pytest.mark.usefixtures("application")
def test_looking_at_keys_is_bounded(caller: Caller, settings: Settings) -> None:
    caller.call("PUT", f"{CREDENTIALS}/keys", {"jwks_uri": KEYS_URI})
    seen = caller.call("POST", f"{CREDENTIALS}/keys/check").json()
    assert ([key["kid"] for key in seen["keys"]], seen["problems"]) == (["one"], [])
    settings.LIMITS_ENABLED = True
    fill(PARTNER_KEYS, Application.objects.get().client_id)
    refused = caller.call("POST", f"{CREDENTIALS}/keys/check")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_a_leak_ends_every_secret_and_is_the_councils_case(
    caller: Caller, application: Application
) -> None:
    factories.client_secret(application)
    said = caller.call("POST", "/applications/bins/leaks", {"since": "day"})
    assert said.status_code == 201
    assert _good(application) == 0
    # Said again, by a program that did not get the answer, it is the same case.
    again = caller.call("POST", "/applications/bins/leaks", {"since": "day"})
    assert again.json() == said.json()
    leak = SecretLeak.objects.get()
    shown = caller.call("GET", f"/applications/bins/leaks/{leak.pk}").json()
    assert (shown["residents"], shown["answered_at"]) == (0, None)
    event = AuditEvent.objects.get(event="application:client_secret:leaked")
    assert event.actor_kind == "api_token"


def test_credentials_are_listed_by_few_statements(
    caller: Caller, application: Application, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.client_secret(application)
    caller.call("GET", CREDENTIALS)
    # Limit, token, application, secrets, and the newest of all.
    with django_assert_num_queries(5):
        caller.call("GET", CREDENTIALS)
