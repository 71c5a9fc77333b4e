"""The programs without people: they get a token for an API, or say what the provider said."""

import json
from pathlib import Path

import pytest

from tests.interop.programs import SERVICES
from tests.interop.programs.conftest import KEY_FILE, NAME, own_key
from tests.interop.programs.running import running, told
from tests.serving.provider import Served

pytestmark = pytest.mark.once

API = "https://lamps.example/api"
SCOPE = "lamps:read"
GOT = "Got a token: "


@pytest.fixture(scope="session")
def by_key(served: Served, api: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the settings of one that has a key of its own, and that key."""
    folder = tmp_path_factory.mktemp("by-key")
    return _saved(served, api, folder, own_key(folder), method="private_key_jwt")


@pytest.fixture(scope="session")
def by_secret(served: Served, api: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same of one that has a secret."""
    folder = tmp_path_factory.mktemp("by-secret")
    return _saved(served, api, folder, method="client_secret_basic")


@pytest.fixture(scope="session")
def api(served: Served, organisation: str) -> str:
    """Return the short name of the API that both may call."""
    whose = f"--organisation={organisation}"
    made = ("--name=Lamps", f"--identifier={API}", f"--scope={SCOPE}")
    served.manage("resource", "create", whose, *made)
    return "lamps"


def _saved(
    served: Served, api: str, folder: Path, proof: tuple[str, ...] = (), *, method: str
) -> Path:
    slug = f"lamplighter-{folder.name.rstrip('0123456789')}"
    named = ("--organisation=interop-trust", "--sandbox", f"--name={slug}", f"--slug={slug}")
    made = served.manage("application", "create", *named, "--kind=service", *proof)
    served.manage("resource", "let-call", api, slug)
    secret = {"client_secret": made["client_secret"]} if "client_secret" in made else {}
    settings = {
        "issuer": served.issuer,
        "client_id": made["client_id"],
        **secret,
        "token_endpoint_auth_method": method,
        "resource": API,
        "scope": SCOPE,
    }
    (folder / NAME).write_text(json.dumps(settings), encoding="utf-8")
    return folder


def _ran(key: str, folder: Path) -> tuple[str, str]:
    with running(key, folder) as process:
        return process.communicate(timeout=60)


def _with(folder: Path, there: Path, **changed: str | None) -> Path:
    """Put the settings into another folder, with these members changed or, where None, gone."""
    known = {**json.loads((folder / NAME).read_text(encoding="utf-8")), **changed}
    kept = {name: value for name, value in known.items() if value is not None}
    (there / NAME).write_text(json.dumps(kept), encoding="utf-8")
    return there


@pytest.mark.parametrize("proof", ["by_key", "by_secret"])
@pytest.mark.parametrize("key", SERVICES)
def test_a_program_gets_a_token_for_its_api(
    key: str, proof: str, request: pytest.FixtureRequest
) -> None:
    printed, complained = _ran(key, request.getfixturevalue(proof))
    assert GOT in printed, complained
    token = told(printed, GOT)
    assert token["scope"] == SCOPE
    assert token["expires_in"] > 0
    assert token["access_token"] == "not shown"


@pytest.mark.parametrize(
    "changed, error",
    [
        ({"resource": "https://other.example/api"}, "invalid_target"),
        ({"client_secret": "x"}, "invalid_client"),
    ],
)
@pytest.mark.parametrize("key", SERVICES)
def test_what_the_provider_refuses_it_says_in_its_words(
    key: str, changed: dict[str, str], error: str, by_secret: Path, tmp_path: Path
) -> None:
    printed, complained = _ran(key, _with(by_secret, tmp_path, **changed))
    assert printed == ""
    assert complained.startswith(f"No token: {error}: ")
    assert "Traceback" not in complained


@pytest.mark.parametrize("key", SERVICES)
def test_it_says_what_is_missing(key: str, by_key: Path, by_secret: Path, tmp_path: Path) -> None:
    no_api = _ran(key, _with(by_secret, tmp_path, resource=None))
    assert no_api == (
        "",
        "borough-login.json names no API as resource: this application may call none so far.\n",
    )
    no_secret = _ran(key, _with(by_secret, tmp_path, client_secret=None))
    assert no_secret == ("", "borough-login.json has no secret: add it as client_secret.\n")
    printed, complained = _ran(key, _with(by_key, tmp_path))
    assert printed == ""
    assert complained.startswith(f"There is no {KEY_FILE}: ")
