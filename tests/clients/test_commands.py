"""`manage.py organisation` and `manage.py application`."""

import json
from typing import Any

import pytest

from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.models import Application, ClientSecret, Organisation
from tests import factories
from tests.commands import refused, run, text

pytestmark = pytest.mark.django_db

OPENID = "openid:public_task:To know you"
APPLICATION = ["--organisation", "riverside", "--name", "Library", "--scope", OPENID]
WEB = [*APPLICATION, "--live", "--redirect-uri", "https://library.example.org/cb"]


@pytest.fixture
def riverside() -> Organisation:
    run("organisation", "create", "--name", "Riverside", "--council")
    return Organisation.objects.get(slug="riverside")


@pytest.fixture
def library(riverside: Organisation) -> dict[str, Any]:
    del riverside
    created: dict[str, Any] = run("application", "create", *WEB)
    return created


def test_it_is_listed_shown_suspended_and_reinstated(riverside: Organisation) -> None:
    assert [row["organisation"] for row in run("organisation", "list")] == ["riverside"]
    assert run("organisation", "show", "riverside")["id"] == str(riverside.pk)
    assert run("organisation", "suspend", "riverside")["status"] == "suspended"
    assert run("organisation", "reinstate", "riverside")["status"] == "active"


@pytest.mark.usefixtures("riverside")
def test_a_taken_short_name_is_refused() -> None:
    message, code = refused("organisation", "create", "--name", "Riverside")
    assert (message, code) == ("This short name is taken: choose another", 1)


def test_its_secret_is_shown_at_creation_and_never_again(library: dict[str, Any]) -> None:
    stored = ClientSecret.objects.get().secret_hash
    assert keyed_hash.matches("client_secret", library["client_secret"], stored)
    shown = run("application", "show", library["client_id"])
    assert "client_secret" not in shown
    assert stored not in json.dumps(shown)
    assert [list(secret) for secret in shown["client_secrets"]] == [["created_at", "expires_at"]]


@pytest.mark.usefixtures("riverside")
def test_people_are_told_to_keep_the_secret() -> None:
    printed, cautions = text("application", "create", *WEB)
    assert "client_secret:" in printed
    assert "cannot be shown again" in cautions


@pytest.mark.usefixtures("riverside")
@pytest.mark.parametrize("kind", ["spa", "native"])
def test_a_public_one_has_no_secret(kind: str) -> None:
    created = run("application", "create", *WEB, "--kind", kind)
    assert "client_secret" not in created
    message, code = refused("application", "rotate-secret", "library")
    assert (message, code) == ("library authenticates by none: it has no secret", 1)


@pytest.mark.usefixtures("riverside")
def test_every_reason_for_a_refusal_is_told_with_its_value() -> None:
    uris = ["--redirect-uri", "https://x.example/#", "--redirect-uri", "http://x.example/"]
    message, code = refused(
        "application", "create", *APPLICATION, "--live", *uris, "--scope", "admin:consent:x"
    )
    assert code == 1
    first, second, third = message.splitlines()
    assert first == "redirect_uri 'https://x.example/#': The address must not have a fragment (#)"
    assert second.startswith("redirect_uri 'http://x.example/': The address must start with https")
    assert third == "scope 'admin': There is no such scope"


@pytest.mark.usefixtures("riverside")
def test_a_host_that_may_pass_for_another_is_pointed_out() -> None:
    uri = ["--redirect-uri", "https://xn--crydon-xqf.example/cb"]
    _, cautions = text("application", "create", *APPLICATION, "--live", *uri)
    assert "reads as 'cr\u043eydon.example'" in cautions


@pytest.mark.usefixtures("riverside")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--live", "--sandbox"],
        ["--live", "--kind", "toaster"],
        ["--live", "--scope", "openid"],
        ["--live", "--scope", "openid:public_task:"],
    ],
)
def test_a_senseless_command_line_is_misuse(arguments: list[str]) -> None:
    message, _ = refused("application", "create", *APPLICATION, *arguments)
    assert message.startswith("Error: ")
    assert not Application.objects.exists()


def test_a_rotation_overlaps_by_a_day_unless_told_otherwise(library: dict[str, Any]) -> None:
    rotated = run("application", "rotate-secret", "library")
    assert rotated["client_secret"] != library["client_secret"]
    old, new = ClientSecret.objects.order_by("pk")
    assert (new.expires_at, old.revoked_at) == (None, None)
    assert old.expires_at is not None
    # JSON has milliseconds.
    assert rotated["old_secret_good_until"][:23] == old.expires_at.isoformat()[:23]
    leaked = run("application", "rotate-secret", "library", "--overlap-hours", "0")
    assert leaked["old_secret_good_until"] is None
    assert ClientSecret.objects.filter(revoked_at=None).count() == 1


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("hours", ["-1", "721"])
def test_an_overlap_has_bounds(hours: str) -> None:
    message, code = refused("application", "rotate-secret", "library", f"--overlap-hours={hours}")
    assert (message, code) == ("--overlap-hours must be from 0 to 720", 2)


@pytest.mark.parametrize(
    "suspend", [["application", "suspend", "library"], ["organisation", "suspend", "riverside"]]
)
def test_suspending_ends_what_was_issued(library: dict[str, Any], suspend: list[str]) -> None:
    application = Application.objects.get(client_id=library["client_id"])
    issued = factories.grant(application)
    run(*suspend)
    issued.grant.refresh_from_db()
    event = AuditEvent.objects.get(event="account:tokens:revoked")
    assert event.actor_kind == "operator"
    assert event.detail["codes"] == 1


def test_every_write_is_the_operators(library: dict[str, Any]) -> None:
    for verb in ("suspend", "reinstate", "rotate-secret"):
        run("application", verb, library["application"])
    for verb in ("suspend", "reinstate"):
        run("organisation", verb, "riverside")
    assert set(AuditEvent.objects.values_list("actor_kind", flat=True)) == {"operator"}
    assert AuditEvent.objects.count() == 8


def test_what_was_made_is_printed_line_by_line(library: dict[str, Any]) -> None:
    printed, cautions = text("application", "show", library["application"])
    assert "name:                       Library\n" in printed
    assert cautions == ""
