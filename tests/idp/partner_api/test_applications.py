"""Applications declared by documents, over HTTP."""

from typing import Any

import pytest

from accounts.models import AuditEvent
from clients.models import Application
from clients.scopes import SCOPES
from tests import factories
from tests.idp.partner_api.caller import DECLARED, WHOLE, Caller
from tests.idp.partner_api.caller import SCOPES as ASKED

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller("developer")


def _events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def test_a_document_makes_an_application_and_shows_its_secret_once(caller: Caller) -> None:
    made = caller.declare("bin-days")
    assert made.status_code == 201
    came = made.json()
    row = Application.objects.get()
    assert (row.slug, row.environment, row.organisation) == (
        "bin-days",
        "sandbox",
        caller.organisation,
    )
    assert came["application"]["client_id"] == row.client_id
    assert len(came["client_secret"]) == 43
    assert "no-store" in made["Cache-Control"]
    shown = caller.call("GET", "/applications/bin-days").content.decode()
    assert came["client_secret"] not in shown


def test_applied_twice_it_changes_nothing(caller: Caller) -> None:
    caller.declare("bin-days")
    before = (Application.objects.get().updated, _events())
    again = caller.declare("bin-days")
    assert again.status_code == 200
    assert (again.json()["changed"], again.json()["differences"]) == (False, [])
    assert again.json()["client_secret"] is None
    assert (Application.objects.get().updated, _events()) == before


def test_what_is_shown_can_be_sent_back_and_changes_nothing(caller: Caller) -> None:
    caller.declare("bin-days")
    shown = caller.call("GET", "/applications/bin-days").json()["declared"]
    assert caller.declare("bin-days", shown).json()["changed"] is False


def test_a_difference_is_told_and_done(caller: Caller) -> None:
    caller.declare("bin-days")
    uris = ["https://bins.example.org/other"]
    came = caller.declare("bin-days", {**WHOLE, "redirect_uris": uris}).json()
    difference = {"member": "redirect_uris", "before": DECLARED["redirect_uris"], "after": uris}
    assert came["differences"] == [difference]
    assert Application.objects.get().redirect_uris == uris[0]
    assert "application:application:changed" in _events()


def test_what_a_document_leaves_out_has_its_default(caller: Caller) -> None:
    caller.declare("bin-days", {**WHOLE, "policy_uri": "https://bins.example.org/privacy"})
    caller.declare("bin-days")
    assert Application.objects.get().privacy_url == ""


@pytest.mark.parametrize("exists", [False, True])
def test_a_dry_run_tells_and_changes_nothing(caller: Caller, *, exists: bool) -> None:
    if exists:
        caller.declare("bin-days", {**WHOLE, "name": "Bins"})
    before = (list(Application.objects.values()), _events())
    came = caller.declare("bin-days", query="?dry_run=true")
    assert came.status_code == 200
    assert (came.json()["changed"], came.json()["created"]) == (True, not exists)
    assert came.json()["client_secret"] is None
    assert (list(Application.objects.values()), _events()) == before


def test_keys_are_compared_in_the_form_in_which_they_are_kept(caller: Caller) -> None:
    key = {
        "kty": "EC",
        "crv": "P-256",
        "kid": "one",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "note": "of no meaning here",
    }
    document = {
        **WHOLE,
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": {"keys": [key]},
    }
    assert caller.declare("bin-days", document).status_code == 201
    assert caller.declare("bin-days", document).json()["changed"] is False


@pytest.mark.parametrize(
    "changed, part",
    [
        ({"redirect_uris": ["javascript:alert(1)"]}, "redirect_uri"),
        ({"redirect_uris": ["java\tscript:alert(1)"]}, "redirect_uri"),
        ({"redirect_uris": ["https://*.example.org/cb"]}, "redirect_uri"),
        ({"redirect_uris": ["https://bins.example.org/cb#here"]}, "redirect_uri"),
        ({"redirect_uris": ["data:text/html,hi"]}, "redirect_uri"),
        ({"redirect_uris": ["https://xn--bns-bma.example.org/\u0430"]}, "redirect_uri"),
        ({"redirect_uris": []}, "redirect_uri"),
        ({"name": "Bin\u202eDays"}, "name"),
        ({"scopes": [{**ASKED[0], "scope": "root"}]}, "scope"),
        ({"jwks": {"keys": "none"}}, "jwks"),
        ({"backchannel_logout_uri": "https://10.0.0.1/logout"}, "backchannel_logout_uri"),
    ],
)
def test_what_is_unfit_is_refused_by_part_and_in_words(
    caller: Caller, changed: dict[str, Any], part: str
) -> None:
    refused = caller.declare("bin-days", {**WHOLE, **changed})
    assert refused.status_code == 422
    errors = refused.json()["errors"]
    assert part in {error["part"] for error in errors}
    assert all(error["words"] for error in errors)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "member",
    [
        "skips_sharing",
        "is_sensitive",
        "pkce",
        "profile",
        "minimum_level",
        "live",
        "slug",
        "client_id",
    ],
)
def test_a_document_cannot_say_what_the_council_decides(caller: Caller, member: str) -> None:
    refused = caller.declare("bin-days", {**WHOLE, member: True})
    assert refused.status_code == 422
    assert [error["part"] for error in refused.json()["errors"]] == [member]


def test_what_the_council_decided_stays(caller: Caller) -> None:
    caller.declare("bin-days")
    Application.objects.update(is_sensitive=True, minimum_level=2, receives_events=True)
    caller.declare("bin-days", {**WHOLE, "name": "Bins"})
    row = Application.objects.get()
    assert (row.name, row.is_sensitive, row.minimum_level) == ("Bins", True, 2)
    assert row.receives_events


def test_an_application_never_changes_its_kind(caller: Caller) -> None:
    caller.declare("bin-days")
    refused = caller.declare("bin-days", {**WHOLE, "kind": "spa"})
    assert refused.status_code == 422
    assert "council_decides" in {error["problem"] for error in refused.json()["errors"]}


def test_a_live_application_is_not_changed_by_a_program(caller: Caller) -> None:
    factories.application(of=caller.organisation, slug="bin-days")
    before = list(Application.objects.values())
    refused = caller.declare("bin-days")
    assert refused.json()["errors"][0]["problem"] == "changes_are_reviewed"
    strong = Caller(of=caller.organisation, acts_on_live=True)
    assert strong.call("DELETE", "/applications/bin-days").status_code == 422
    assert strong.declare("bin-days").status_code == 422
    assert list(Application.objects.values()) == before


def test_a_short_name_of_another_organisation_is_taken(caller: Caller) -> None:
    Caller().sandbox(slug="bin-days")
    refused = caller.declare("bin-days")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["problem"] == "slug_taken"


def test_a_name_that_looks_like_anothers_is_refused(caller: Caller) -> None:
    factories.application(name="Council Tax")
    refused = caller.declare("bin-days", {**WHOLE, "name": "C\u043euncil Tax"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "body, status",
    [
        ("", 422),
        ("[]", 400),
        ('{"name": "a", "name": "b"}', 400),
        ('{"name": NaN}', 400),
        ("{" * 100, 400),
        ('{"name": "' + "x" * 300_000 + '"}', 413),
        ('{"name": "a\\u0000"}', 400),
        ('{"name": 7}', 422),
        ("{}", 422),
        ('{"name": "a", "redirect_uris": "https://a.example"}', 422),
    ],
    ids=["empty", "list", "twice", "nan", "deep", "large", "nul", "number", "nothing", "text"],
)
def test_a_body_that_is_none_is_refused(caller: Caller, body: str, status: int) -> None:
    refused = caller.declare("bin-days", body)
    assert (refused.status_code, refused["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("slug", ["-bins", "Bins", "bins_days", "x" * 61, "b%00"])
def test_a_short_name_that_is_none_is_refused(caller: Caller, slug: str) -> None:
    assert caller.declare(slug).status_code in {400, 404, 422}
    assert not Application.objects.exists()


def test_an_application_that_was_closed_is_not_there_any_more(caller: Caller) -> None:
    caller.declare("bin-days")
    assert caller.call("DELETE", "/applications/bin-days").status_code == 204
    assert caller.call("GET", "/applications/bin-days").status_code == 404
    refused = caller.declare("bin-days")
    assert refused.json()["errors"][0]["problem"] == "application_closed"


def test_a_program_is_named_as_who_did_it(caller: Caller) -> None:
    caller.declare("bin-days")
    event = AuditEvent.objects.get(event="application:application:created")
    assert (event.actor_kind, event.organisation_id) == ("api_token", caller.organisation.pk)


def test_every_scope_of_the_catalogue_can_be_declared(caller: Caller) -> None:
    scopes = [{**ASKED[0], "scope": scope} for scope in SCOPES]
    assert caller.declare("bin-days", {**WHOLE, "scopes": scopes}).status_code == 201
