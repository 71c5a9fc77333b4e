"""The programs that print: they sign somebody in, or say what the provider said."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.interop.conftest import Person
from tests.interop.programs import PRINTING
from tests.interop.programs.running import address, running
from tests.interop.resident import Resident

pytestmark = pytest.mark.once

SAID = "Signed in: "


def _ran(key: str, settings: Path, resident: Resident) -> tuple[str, str]:
    told = json.loads(settings.read_text(encoding="utf-8"))
    with running(key, settings.parent) as process:
        answer = resident.travel(address(process), told["redirect_uri"])
        assert httpx.get(answer).text == "You can close this page."
        return process.communicate(timeout=60)


def _last_line(complained: str) -> str:
    assert "Traceback" not in complained
    # Before it, Python's server tells what it was asked.
    return complained.splitlines()[-1]


@pytest.mark.parametrize("key", PRINTING)
def test_a_program_signs_somebody_in(
    key: str, settings: Path, resident: Resident, person: Person
) -> None:
    del person
    printed, complained = _ran(key, settings, resident)
    assert SAID in printed, complained
    claims: dict[str, Any] = json.loads(printed.split(SAID)[1])
    told = json.loads(settings.read_text(encoding="utf-8"))
    assert (claims["iss"], claims["aud"]) == (told["issuer"], told["client_id"])


@pytest.mark.parametrize("key", PRINTING)
def test_with_a_wrong_secret_it_says_what_the_provider_said(
    key: str, settings: Path, resident: Resident
) -> None:
    told = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps({**told, "client_secret": "wrong"}), encoding="utf-8")
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
    told = json.loads(settings.read_text(encoding="utf-8"))
    del told["client_secret"]
    settings.write_text(json.dumps(told), encoding="utf-8")
    with running(key, settings.parent) as process:
        printed, complained = process.communicate(timeout=60)
    assert (printed, process.returncode) == ("", 1)
    assert complained == "borough-login.json has no secret: add it as client_secret.\n"
