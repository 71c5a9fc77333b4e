"""The programs that serve a site: people sign in, choose not to, and sign out."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.interop.conftest import Person
from tests.interop.programs import SITES
from tests.interop.programs.conftest import NAME, SaveSettings
from tests.interop.programs.meddling import Meddler, meddling, of_somebody_else, untouched
from tests.interop.programs.running import address, running
from tests.interop.programs.site import Visit
from tests.interop.resident import Resident

pytestmark = pytest.mark.once


@dataclass(frozen=True)
class Site:
    """A site that is served, what its settings say, and what is between it and the provider."""

    address: str
    told: dict[str, str]
    between: Meddler


Visitor = Callable[..., Visit]


@pytest.fixture(scope="module", params=SITES)
def site(
    request: pytest.FixtureRequest,
    save_settings: SaveSettings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Yield each in turn. Nothing that people do there may end in a traceback."""
    settings = save_settings(tmp_path_factory.mktemp("site"), comes_back=True)
    folder, told = settings.parent, json.loads(settings.read_text(encoding="utf-8"))
    with meddling() as between, running(request.param, folder, between.environment) as process:
        yield Site(address(process), told, between)
        process.terminate()
        _printed, complained = process.communicate(timeout=60)
    assert "Traceback" not in complained, complained


@pytest.fixture
def visitor(site: Site) -> Iterator[Visitor]:
    """Yield a way to have somebody visit it, each time by a new browser."""
    with ExitStack() as browsers:

        def visiting(person: Person, *, shares: bool = True) -> Visit:
            http = browsers.enter_context(httpx.Client(timeout=60))
            resident = Resident(person.sign_in_name, person.password, shares=shares, http=http)
            return Visit(site.address, site.told, resident, http)

        yield visiting


def _claims(page: httpx.Response) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(unescape(page.text.split("<pre>")[1].split("</pre>")[0]))
    return {**shown, **shown.get("id_token", {}), **shown.get("userinfo", {})}


def test_it_asks_with_proof_key_and_nonce_and_shows_who_signed_in(
    visitor: Visitor, person: Person, site: Site
) -> None:
    visit = visitor(person)
    away, asked = visit.asks()
    assert (asked["code_challenge_method"], asked["redirect_uri"]) == (
        "S256",
        site.told["redirect_uri"],
    )
    claims = _claims(visit.comes_back(away))
    assert claims["nonce"] == asked["nonce"]
    assert (claims["iss"], claims["aud"]) == (site.told["issuer"], site.told["client_id"])
    assert (claims["email"], claims["name"]) == (person.sign_in_name, "Ines Interop")


def test_whoever_comes_again_is_known(visitor: Visitor, person: Person) -> None:
    first = _claims(visitor(person).signs_in())
    assert _claims(visitor(person).signs_in())["sub"] == first["sub"]


def test_whoever_shares_nothing_is_told_so_and_can_try_again(
    visitor: Visitor, stranger: Person
) -> None:
    page = visitor(stranger, shares=False).signs_in()
    assert page.is_success
    assert "<pre>" not in page.text
    assert "chose not to" in page.text or "decided to cancel" in page.text
    assert "<pre>" in visitor(stranger).signs_in().text


def test_an_answer_that_another_browser_asked_for_signs_nobody_in(
    visitor: Visitor, person: Person, site: Site
) -> None:
    visit = visitor(person)
    away, _asked = visit.asks()
    back = visit.resident.travel(away, f"{site.told['redirect_uri']}?")
    with httpx.Client(timeout=60, follow_redirects=True) as other:
        assert "<pre>" not in other.get(back).text
        assert "<pre>" not in other.get(site.address).text


def test_details_of_somebody_else_sign_nobody_in(
    visitor: Visitor, person: Person, site: Site
) -> None:
    """OIDC Core §5.3.2."""
    before, site.between.details = site.between.told, of_somebody_else
    visit = visitor(person)
    try:
        assert "<pre>" not in visit.signs_in().text
    finally:
        site.between.details = untouched
    assert site.between.told == before + 1
    assert "<pre>" not in visit.http.get(site.address).text


def test_signing_out_at_the_site_signs_out_at_the_provider(
    visitor: Visitor, person: Person, site: Site
) -> None:
    """RP-Initiated Logout §2, §3."""
    visit = visitor(person)
    away = visit.press(visit.signs_in(), "Sign out").headers["Location"]
    there = visit.resident.travel(away, site.told["post_logout_redirect_uri"])
    assert "<pre>" not in visit.http.get(there).text
    visit.resident.steps.clear()
    visit.signs_in()
    assert "/sign-in" in visit.resident.steps


@pytest.mark.parametrize("key", SITES)
def test_with_a_wrong_secret_its_log_says_what_the_provider_said(
    key: str, settings: Path, person: Person
) -> None:
    told = json.loads(settings.read_text(encoding="utf-8")) | {"client_secret": "wrong"}
    settings.write_text(json.dumps(told), encoding="utf-8")
    with running(key, settings.parent) as process, httpx.Client(timeout=60) as http:
        resident = Resident(person.sign_in_name, person.password, http=http)
        page = Visit(address(process), told, resident, http).signs_in()
        process.terminate()
        _printed, complained = process.communicate(timeout=60)
    assert not page.is_server_error
    assert "<pre>" not in page.text
    assert "invalid_client" in complained
    assert "Traceback" not in complained


@pytest.mark.parametrize("key", [*SITES, "mod_auth_openidc"])
def test_without_a_secret_it_says_what_is_missing(key: str, tmp_path: Path) -> None:
    told = {"token_endpoint_auth_method": "client_secret_basic"}
    (tmp_path / NAME).write_text(json.dumps(told), encoding="utf-8")
    with running(key, tmp_path) as process:
        printed, complained = process.communicate(timeout=60)
    assert (printed, process.returncode) == ("", 1)
    assert complained == "borough-login.json has no secret: add it as client_secret.\n"


@pytest.mark.parametrize("key", SITES)
def test_where_the_port_is_taken_it_says_so(key: str, settings: Path) -> None:
    here = urlsplit(json.loads(settings.read_text(encoding="utf-8"))["redirect_uri"])
    taken = socket.create_server(("127.0.0.1", here.port or 80))
    with taken, running(key, settings.parent) as process:
        printed, complained = process.communicate(timeout=60)
    assert (printed, process.returncode) == ("", 1)
    assert complained == f"Cannot listen at {here.netloc}: Address already in use\n"
