"""`manage.py initial_access_token`, down to the rows and the audit log."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.applications.registration import ScopeWanted
from clients.models import InitialAccessToken
from tests import factories
from tests.commands import refused, run, text

pytestmark = pytest.mark.django_db
CREATE = (
    *("initial_access_token", "create", "--organisation", "riverside", "--name", "Suite"),
    *("--scope", "openid:consent:To try"),
)


@pytest.fixture(autouse=True)
def _riverside() -> None:
    factories.organisation(slug="riverside")


@pytest.fixture
def made() -> dict[str, Any]:
    created: dict[str, Any] = run(*CREATE)
    return created


def events() -> list[tuple[str, str, str]]:
    rows = AuditEvent.objects.order_by("pk")
    return [(row.event, row.object_id, row.actor_kind) for row in rows]


def test_it_allows_little_unless_told_more(made: dict[str, Any]) -> None:
    row = InitialAccessToken.objects.get()
    assert (made["used"], made["applications"], made["over"]) == (0, 1, "")
    assert made["grants"] == row.grant_types == ["authorization_code", "refresh_token"]
    assert (made["pkce_may_be_optional"], made["profile"]) == (False, "standard")
    assert row.scopes == [asdict(ScopeWanted("openid", "consent", "To try"))]
    assert timedelta(days=6) < row.expires_at - timezone.now() <= timedelta(days=7)
    assert events() == [("organisation:initial_access_token:created", str(row.pk), "operator")]


def test_it_is_shown_once_and_kept_as_a_keyed_hash(made: dict[str, Any]) -> None:
    kept = InitialAccessToken.objects.get().token_hash
    assert keyed_hash.matches("initial_access_token", made["token"], kept)
    listed = run("initial_access_token", "list")
    assert [row["number"] for row in listed] == [made["number"]]
    assert made["token"] not in json.dumps(listed)
    assert kept not in json.dumps(listed)
    _printed, cautions = text(*CREATE)
    assert "cannot be shown again" in cautions


def test_it_allows_what_was_typed() -> None:
    more = ["--grant", "authorization_code", "--pkce-may-be-optional"]
    made = run(*CREATE, *more, "--applications", "50", "--days", "366")
    assert (made["grants"], made["pkce_may_be_optional"]) == (["authorization_code"], True)
    assert made["applications"] == 50


def test_one_for_programs_alone_names_no_scope() -> None:
    arguments = [*CREATE[:6], "--grant", "client_credentials"]
    assert run(*arguments)["scopes"] == []


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([*CREATE[:6]], "Ask for the scope openid too"),
        ([*CREATE, "--scope", "openid:consent:Again"], "The scope is given twice"),
        ([*CREATE, "--scope", "admin:consent:To rule"], "There is no such scope"),
        ([*CREATE, "--grant", "client_credentials"], "Grants are authorization_code with scopes"),
        ([*CREATE[:6], "--grant", "refresh_token"], "Grants are authorization_code with scopes"),
        ([*CREATE, "--applications", "10001"], "Let from 1 to 10000"),
        ([*CREATE, "--days", "367"], "Give it a life of 1 to 366 days"),
        ([*CREATE, "--name", "Two  spaces"], "several in a row"),
    ],
)
def test_unfit_terms_are_refused(arguments: list[str], words: str) -> None:
    message, code = refused(*arguments)
    assert words in message
    assert code == 1
    assert not InitialAccessToken.objects.exists()


@pytest.mark.parametrize(
    "more", [["--grant", "implicit"], ["--applications", "0"], ["--days", "x"]]
)
def test_what_makes_no_sense_is_misuse(more: list[str]) -> None:
    message, _code = refused(*CREATE, *more)
    assert message.startswith("Error: ")


def test_a_revoked_one_stays_listed_and_is_revoked_once(made: dict[str, Any]) -> None:
    for _ in range(2):
        assert run("initial_access_token", "revoke", str(made["number"]))["over"] == (
            "initial_token_revoked"
        )
    assert [event for event, *_rest in events()] == [
        "organisation:initial_access_token:created",
        "organisation:initial_access_token:revoked",
    ]


def test_one_that_is_not_there_cannot_be_revoked() -> None:
    message, code = refused("initial_access_token", "revoke", "999")
    assert (message, code) == (
        "There is no initial access token 999: see initial_access_token list",
        1,
    )
