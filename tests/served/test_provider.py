"""The served provider is there as in production: HTTP, static files, worker, commands, database."""

import re

import httpx

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
    served.manage("organisation", "create", "--name", "A Served Trust")

    names = [organisation["name"] for organisation in served.manage("organisation", "list")]
    assert "A Served Trust" in names


def test_its_database_has_every_migration(served: Served) -> None:
    assert "No planned migration operations." in run_command(
        served.environment, "migrate", "--plan"
    )
