"""Passport in a web application that opens pages of its own: in, refused, out again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.interop.conftest import Person
from tests.interop.programs.conftest import SaveSettings
from tests.interop.programs.meddling import meddling, of_somebody_else
from tests.interop.programs.running import address, running
from tests.interop.resident import Resident

pytestmark = pytest.mark.once


@contextmanager
def _site(settings: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    with running("passport", settings.parent, environment) as process:
        yield address(process)


def _callback(settings: Path) -> str:
    return str(json.loads(settings.read_text(encoding="utf-8"))["redirect_uri"])


def _come_back(resident: Resident, site: str, settings: Path) -> httpx.Response:
    """Go from the site to the provider and back, and return the page that this ends at."""
    answer = resident.travel(f"{site}sign-in", _callback(settings))
    assert resident.get(answer).headers["location"] == "/"
    return resident.get(site)


def test_it_asks_with_pkce_state_and_nonce_and_shows_who_signed_in(
    settings: Path, resident: Resident, person: Person
) -> None:
    with _site(settings) as site:
        assert "You are not signed in" in resident.get(site).text
        sent = parse_qs(urlsplit(resident.get(f"{site}sign-in").headers["location"]).query)
        assert sent["code_challenge_method"] == ["S256"]
        assert sent.keys() >= {"code_challenge", "state", "nonce"}
        page = _come_back(resident, site, settings)
        assert "You are signed in" in page.text
        assert person.sign_in_name in page.text


def test_signing_out_ends_it_on_both_sides_and_comes_back(
    save_settings: SaveSettings, tmp_path: Path, resident: Resident
) -> None:
    settings = save_settings(tmp_path, comes_back=True)
    with _site(settings) as site:
        _come_back(resident, site, settings)
        leaving = resident.post(f"{site}sign-out")
        assert "You are not signed in" in resident.get(site).text
        assert resident.get(leaving.headers["location"]).headers["location"] == site
        _come_back(resident, site, settings)
    assert resident.steps.count("/sign-in") == 2


def test_somebody_who_shares_nothing_is_told_so(settings: Path, person: Person) -> None:
    with (
        Resident(person.sign_in_name, person.password, shares=False) as refusing,
        _site(settings) as site,
    ):
        page = _come_back(refusing, site, settings)
    assert "You are not signed in" in page.text
    assert "chose not to share" in page.text


def test_an_answer_to_another_sign_in_is_refused(settings: Path, resident: Resident) -> None:
    with _site(settings) as site:
        answer = resident.travel(f"{site}sign-in", _callback(settings))
        page = resident.get(f"{answer.split('&state=')[0]}&state=of-another-sign-in")
        assert page.status_code == httpx.codes.BAD_REQUEST
        assert "The sign-in did not work" in page.text
        assert "You are not signed in" in resident.get(site).text


def test_details_of_somebody_else_are_refused(settings: Path, resident: Resident) -> None:
    """OIDC Core §5.3.2."""
    with meddling() as between, _site(settings, between.environment) as site:
        between.details = of_somebody_else
        page = resident.get(resident.travel(f"{site}sign-in", _callback(settings)))
        assert "The sign-in did not work" in page.text
        assert "You are not signed in" in resident.get(site).text
        assert between.told == 1


def test_with_a_wrong_secret_people_read_words_and_its_developer_the_reason(
    settings: Path, resident: Resident
) -> None:
    told = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps({**told, "client_secret": "wrong"}), encoding="utf-8")
    with running("passport", settings.parent) as process:
        site = address(process)
        page = resident.get(resident.travel(f"{site}sign-in", told["redirect_uri"]))
        process.terminate()
        complained = process.communicate(timeout=60)[1]
    assert "The sign-in did not work" in page.text
    assert complained.startswith("Not signed in: invalid_client: ")
    assert "    at " not in page.text + complained


def test_without_a_secret_it_says_what_is_missing(settings: Path) -> None:
    told = json.loads(settings.read_text(encoding="utf-8"))
    del told["client_secret"]
    settings.write_text(json.dumps(told), encoding="utf-8")
    with running("passport", settings.parent) as process:
        complained = process.communicate(timeout=60)[1]
    assert "client_secret" in complained
    assert process.returncode == 1
