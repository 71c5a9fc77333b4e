"""The served provider is there as in production: HTTP, static files, worker, commands, database."""

import json
import re

import httpx
import pytest

from tests.serving.provider import Served, run_command


def test_it_answers_and_is_ready(served: Served) -> None:
    for path in ("/healthz", "/readyz"):
        assert httpx.get(f"{served.issuer}{path}").status_code == httpx.codes.OK


def test_its_pages_name_static_files_that_it_serves_for_ever(served: Served) -> None:
    page = httpx.get(f"{served.issuer}/help/contact").raise_for_status()
    style_sheets = re.findall(r'<link[^>]+href="(/static/[^"]+\.css)"', page.text)

    assert style_sheets
    for path in style_sheets:
        answer = httpx.get(f"{served.issuer}{path}").raise_for_status()
        assert "immutable" in answer.headers["Cache-Control"]


def test_operator_commands_and_pages_share_its_database(served: Served) -> None:
    run_command(served.environment, "organisation", "create", "--name", "A Served Trust")

    listed = json.loads(run_command(served.environment, "organisation", "list", "--json"))
    assert "A Served Trust" in [organisation["name"] for organisation in listed]


def test_one_operator_runs_command_after_command_and_tells_of_a_refusal(served: Served) -> None:
    made = served.manage("organisation", "create", "--name", "A Second Trust")
    with pytest.raises(AssertionError, match="organisation show no-such-trust"):
        served.manage("organisation", "show", "no-such-trust")
    assert served.manage("organisation", "show", made["organisation"])["name"] == "A Second Trust"


def test_its_database_has_every_migration(served: Served) -> None:
    assert "No planned migration operations." in run_command(
        served.environment, "migrate", "--plan"
    )
