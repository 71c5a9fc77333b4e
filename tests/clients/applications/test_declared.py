"""`manage.py application apply FILE`: configuration kept as code."""

import json
from pathlib import Path
from typing import Any

import pytest

from accounts.models import AuditEvent
from clients.models import Application
from tests import factories
from tests.commands import refused, run, text

pytestmark = pytest.mark.django_db

BINS = {
    "slug": "bin-days",
    "name": "Bin Days",
    "redirect_uris": ["https://bins.example.org/callback"],
    "scopes": [{"scope": "openid", "lawful_basis": "public_task", "purpose": "To know you"}],
}
LIBRARY = {**BINS, "slug": "library", "name": "Library", "live": True}
TOML = """
organisation = "riverside"

[[applications]]
slug = "bin-days"
name = "Bin Days"
redirect_uris = ["https://bins.example.org/callback"]
scopes = [{ scope = "openid", lawful_basis = "public_task", purpose = "To know you" }]
"""


@pytest.fixture(autouse=True)
def riverside() -> None:
    factories.organisation(slug="riverside", name="Riverside", is_council=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "applications.json"


def _write(file: Path, *applications: dict[str, Any], organisation: str = "riverside") -> str:
    file.write_text(json.dumps({"organisation": organisation, "applications": applications}))
    return str(file)


def _facts() -> object:
    rows = Application.objects.order_by("pk").values("slug", "name", "environment", "updated")
    return list(rows), AuditEvent.objects.count()


def test_a_file_makes_what_it_declares_and_then_nothing_more(file: Path) -> None:
    path = _write(file, BINS, LIBRARY)
    made = run("application", "apply", path)
    assert [one["came_to"] for one in made] == ["created", "created"]
    assert all(one["client_secret"] for one in made)
    environments = Application.objects.order_by("slug").values_list("environment", flat=True)
    assert list(environments) == ["sandbox", "live"]
    facts = _facts()
    again = run("application", "apply", path)
    assert [one["came_to"] for one in again] == ["unchanged", "unchanged"]
    assert not any(one["differences"] or one["client_secret"] for one in again)
    assert _facts() == facts


def test_it_prints_what_differs(file: Path) -> None:
    run("application", "apply", _write(file, BINS))
    (changed,) = run("application", "apply", _write(file, {**BINS, "name": "Bins"}))
    assert changed["differences"] == ['name: "Bin Days" -> "Bins"']
    assert Application.objects.get().name == "Bins"


def test_a_dry_run_changes_nothing(file: Path) -> None:
    run("application", "apply", _write(file, BINS))
    facts = _facts()
    path = _write(file, {**BINS, "name": "Bins"}, LIBRARY)
    printed, cautions = text("application", "apply", path, "--dry-run", "--json")
    assert cautions == "Nothing was changed: this is what would be.\n"
    told = json.loads(printed)
    assert [one["came_to"] for one in told] == ["changed", "created"]
    assert not any(one["client_secret"] for one in told)
    assert _facts() == facts


def test_toml_says_the_same(file: Path, tmp_path: Path) -> None:
    run("application", "apply", _write(file, BINS))
    toml = tmp_path / "applications.toml"
    toml.write_text(TOML)
    (told,) = run("application", "apply", str(toml))
    assert told["came_to"] == "unchanged"


def test_one_that_is_unfit_keeps_all_from_being_made(file: Path) -> None:
    unfit = {**LIBRARY, "redirect_uris": ["http://library.example.org/"]}
    message, code = refused("application", "apply", _write(file, BINS, unfit))
    assert message.startswith("library: redirect_uri")
    assert (code, Application.objects.count()) == (1, 0)


def test_a_sandbox_application_never_becomes_a_live_one(file: Path) -> None:
    run("application", "apply", _write(file, BINS))
    message, code = refused("application", "apply", _write(file, {**BINS, "live": True}))
    assert "they are two" in message
    assert (code, Application.objects.get().environment) == (1, "sandbox")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "{}",
        '{"organisation": "riverside", "applications": []}',
        "\x00",
        "[" * 10_000,
    ],
)
def test_a_file_that_is_none_is_misuse(file: Path, content: str) -> None:
    file.write_text(content)
    assert refused("application", "apply", str(file))[1] == 2


def test_a_misspelt_member_is_named(file: Path) -> None:
    message, code = refused("application", "apply", _write(file, {**BINS, "redirect_uri": []}))
    assert message.startswith("applications.0.redirect_uri:")
    assert code == 2


def test_a_file_that_is_not_there_and_one_that_is_huge_are_misuse(file: Path) -> None:
    assert refused("application", "apply", str(file))[1] == 2
    file.write_bytes(b" " * (1024 * 1024 + 1))
    assert "larger" in refused("application", "apply", str(file))[0]


def test_an_organisation_that_nobody_has_is_refused(file: Path) -> None:
    assert refused("application", "apply", _write(file, BINS, organisation="nobody"))[1] == 1
