"""The programs that print: they sign somebody in, or say what the provider said."""

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.interop.conftest import Person
from tests.interop.programs import PRINTING
from tests.interop.programs.conftest import KEY_FILE
from tests.interop.programs.meddling import meddling, of_somebody_else
from tests.interop.programs.running import address, running, told
from tests.interop.resident import Resident

pytestmark = pytest.mark.once

SAID = "Signed in: "


def _read(settings: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(settings.read_text(encoding="utf-8"))
    return found


def _ran(
    key: str, settings: Path, resident: Resident, environment: Mapping[str, str] | None = None
) -> tuple[str, str]:
    with running(key, settings.parent, environment) as process:
        answer = resident.travel(address(process), _read(settings)["redirect_uri"])
        assert httpx.get(answer).text == "You can close this page."
        return process.communicate(timeout=60)


def _last_line(complained: str) -> str:
    assert "Traceback" not in complained
    # Before it, Python's server tells what it was asked.
    return complained.splitlines()[-1]


@pytest.mark.parametrize("proof", ["settings", "key_settings"])
@pytest.mark.parametrize("key", PRINTING)
def test_a_program_signs_somebody_in_by_a_secret_or_a_key_and_asks_for_the_details(
    key: str, proof: str, resident: Resident, person: Person, request: pytest.FixtureRequest
) -> None:
    settings = request.getfixturevalue(proof)
    printed, complained = _ran(key, settings, resident)
    assert SAID in printed, complained
    claims, details, known = told(printed, SAID), told(printed, "Details: "), _read(settings)
    assert (claims["iss"], claims["aud"]) == (known["issuer"], known["client_id"])
    # The ID token has no address: userinfo alone tells it.
    assert "email" not in claims
    assert (details["sub"], details["email"]) == (claims["sub"], person.sign_in_name)


@pytest.mark.parametrize("key", PRINTING)
def test_details_of_somebody_else_are_refused(key: str, settings: Path, resident: Resident) -> None:
    """OIDC Core §5.3.2."""
    with meddling() as between:
        between.details = of_somebody_else
        printed, complained = _ran(key, settings, resident, between.environment)
    assert between.told == 1
    assert SAID not in printed
    assert _last_line(complained).startswith("Not signed in: ")


@pytest.mark.parametrize("key", PRINTING)
def test_with_a_wrong_secret_it_says_what_the_provider_said(
    key: str, settings: Path, resident: Resident
) -> None:
    wrong = {**_read(settings), "client_secret": "wrong"}
    settings.write_text(json.dumps(wrong), encoding="utf-8")
    printed, complained = _ran(key, settings, resident)
    assert SAID not in printed
    assert _last_line(complained).startswith("Not signed in: invalid_client: ")


@pytest.mark.parametrize("key", PRINTING)
def test_somebody_who_shares_nothing_is_no_accident(
    key: str, settings: Path, person: Person
) -> None:
    with Resident(person.sign_in_name, person.password, shares=False) as refusing:
        printed, complained = _ran(key, settings, refusing)
    assert SAID not in printed
    assert _last_line(complained).startswith("Not signed in: access_denied: ")


@pytest.mark.parametrize("key", PRINTING)
def test_without_a_secret_it_says_what_is_missing(key: str, settings: Path) -> None:
    less = {name: value for name, value in _read(settings).items() if name != "client_secret"}
    settings.write_text(json.dumps(less), encoding="utf-8")
    with running(key, settings.parent) as process:
        printed, complained = process.communicate(timeout=60)
    assert (printed, process.returncode) == ("", 1)
    assert complained == "borough-login.json has no secret: add it as client_secret.\n"


@pytest.mark.parametrize("key", PRINTING)
def test_without_its_private_key_it_says_how_to_make_one(key: str, key_settings: Path) -> None:
    (key_settings.parent / KEY_FILE).unlink()
    with running(key, key_settings.parent) as process:
        printed, complained = process.communicate(timeout=60)
    assert (printed, process.returncode) == ("", 1)
    assert complained.startswith(f"There is no {KEY_FILE}: ")


@pytest.mark.parametrize("key", PRINTING)
def test_where_the_port_is_taken_it_says_so(key: str, settings: Path) -> None:
    here = urlsplit(_read(settings)["redirect_uri"])
    taken = socket.create_server(("127.0.0.1", here.port or 80))
    with taken, running(key, settings.parent) as process:
        printed, complained = process.communicate(timeout=60)
    assert (printed, process.returncode) == ("", 1)
    assert complained.startswith("Cannot listen")
    assert "address already in use" in complained.lower()
    assert complained.count("\n") == 1
