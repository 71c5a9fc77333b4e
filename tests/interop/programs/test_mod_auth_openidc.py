"""mod_auth_openidc in an Apache that the program runs: in, refused, out again."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.interop.apache import server
from tests.interop.conftest import Person
from tests.interop.internet import listens
from tests.interop.programs.conftest import SaveSettings
from tests.interop.programs.meddling import Meddler, meddling, of_somebody_else, untouched
from tests.interop.programs.running import address, running
from tests.interop.resident import Resident

pytestmark = pytest.mark.once

# Longer than Apache ever takes to start.
_MOST_SECONDS = 60


@pytest.fixture(scope="module")
def settings(save_settings: SaveSettings) -> Iterator[Path]:
    """Yield the file of settings, in a folder that Apache's own user may read."""
    server.program()
    with server.open_folder() as folder:
        yield save_settings(folder, comes_back=True)


@pytest.fixture(scope="module")
def between() -> Iterator[Meddler]:
    """Yield what is between the site and the provider."""
    with meddling() as meddler:
        yield meddler


@pytest.fixture(scope="module")
def site(settings: Path, between: Meddler) -> Iterator[str]:
    """Yield the address of the site that is served."""
    with running("mod_auth_openidc", settings.parent, between.environment) as process:
        found = address(process)
        _until_served(found)
        yield found


def _until_served(site: str) -> None:
    deadline = time.monotonic() + _MOST_SECONDS
    while not listens(urlsplit(site).port or 80):
        assert time.monotonic() < deadline, "Apache does not answer."
        time.sleep(0.05)


def _told(settings: Path) -> dict[str, str]:
    told: dict[str, str] = json.loads(settings.read_text(encoding="utf-8"))
    return told


def _come_back(resident: Resident, site: str, settings: Path) -> httpx.Response:
    """Go from the site to the provider and back, and return what the callback answers."""
    return resident.get(resident.travel(site, f"{_told(settings)['redirect_uri']}?"))


def test_it_asks_with_pkce_state_and_nonce_and_shows_who_signed_in(
    site: str, settings: Path, resident: Resident, person: Person
) -> None:
    sent = parse_qs(urlsplit(resident.get(site).headers["location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert sent.keys() >= {"code_challenge", "state", "nonce"}
    assert _come_back(resident, site, settings).headers["location"] == site
    page = resident.get(site).text
    assert "Signed in" in page
    assert all(told in page for told in (person.sign_in_name, "Ines Interop"))
    assert _told(settings)["issuer"] in page


def test_details_of_somebody_else_are_not_shown(
    site: str, settings: Path, resident: Resident, person: Person, between: Meddler
) -> None:
    """OIDC Core §5.3.2."""
    before, between.details = between.told, of_somebody_else
    try:
        _come_back(resident, site, settings)
        page = resident.get(site).text
    finally:
        between.details = untouched
    assert between.told == before + 1
    for other in (person.sign_in_name, "Ines Interop", "somebody-else"):
        assert other not in page


def test_nothing_of_the_folder_is_served_but_the_page(
    site: str, settings: Path, resident: Resident
) -> None:
    _come_back(resident, site, settings)
    for file in settings.parent.iterdir():
        assert _told(settings)["client_secret"] not in resident.get(f"{site}{file.name}").text


def test_signing_out_ends_it_on_both_sides(site: str, settings: Path, resident: Resident) -> None:
    _come_back(resident, site, settings)
    way = resident.get(site).text.split('<a href="')[1].split('"')[0]
    leaving = resident.get(way).headers["location"]
    assert resident.travel(leaving, site) == site
    assert resident.get(site).has_redirect_location
    _come_back(resident, site, settings)
    assert resident.steps.count("/sign-in") == 2


def test_somebody_who_shares_nothing_is_told_so(
    site: str, settings: Path, stranger: Person
) -> None:
    with Resident(stranger.sign_in_name, stranger.password, shares=False) as refusing:
        page = _come_back(refusing, site, settings)
        assert page.is_success
        assert "You chose not to go on." in page.text
        assert refusing.get(site).has_redirect_location


@pytest.mark.parametrize("way", ["", "callback", "callback/?error=access_denied", "x?error=1"])
def test_only_a_refusal_is_shown_to_whoever_is_not_signed_in(
    site: str, resident: Resident, way: str
) -> None:
    assert "Not signed in" not in resident.get(f"{site}{way}").text
    assert "Not signed in" in resident.get(f"{site}callback?error=access_denied").text


def test_with_a_wrong_secret_its_log_says_what_the_provider_said(
    save_settings: SaveSettings, resident: Resident
) -> None:
    server.program()
    with server.open_folder() as folder:
        settings = save_settings(folder)
        wrong = _told(settings) | {"client_secret": "wrong"}
        settings.write_text(json.dumps(wrong), encoding="utf-8")
        with running("mod_auth_openidc", folder) as process:
            site = address(process)
            _until_served(site)
            page = _come_back(resident, site, settings)
            process.terminate()
            complained = process.communicate(timeout=60)[1]
    assert "Signed in" not in page.text
    assert "invalid_client" in complained
