"""Registering and replacing public keys by `manage.py application`."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jwt.algorithms import ECAlgorithm

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.applications.keys import operations
from clients.applications.keys.operations import KeysRefusedError
from clients.applications.keys.rules import NO_KEYS
from clients.models import Application, ClientSecret
from tests.clients.test_commands import WEB
from tests.commands import refused, run
from tests.protocol.signing import signing_key

pytestmark = pytest.mark.django_db

SIGNING = [*WEB, "--auth-method", "private_key_jwt"]
URI = "https://library.example.org/jwks"


@pytest.fixture(autouse=True)
def _riverside() -> None:
    run("organisation", "create", "--name", "Riverside", "--council")


@pytest.fixture
def jwks() -> dict[str, Any]:
    return {"keys": [signing_key("ES256").jwk]}


@pytest.fixture
def file(tmp_path: Path, jwks: dict[str, Any]) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(jwks))
    return path


def test_an_application_with_keys_has_no_secret(file: Path, jwks: dict[str, Any]) -> None:
    created = run("application", "create", *SIGNING, "--jwks", str(file))
    assert (created["jwks"], created["jwks_uri"]) == (jwks, "")
    assert created["token_endpoint_auth_method"] == "private_key_jwt"
    assert "client_secret" not in created
    assert not ClientSecret.objects.exists()
    message, code = refused("application", "rotate-secret", "library")
    assert (message, code) == ("library authenticates by private_key_jwt: it has no secret", 1)


def test_the_keys_may_be_elsewhere() -> None:
    created = run("application", "create", *SIGNING, "--jwks-uri", URI)
    assert (created["jwks"], created["jwks_uri"]) == (None, URI)


def test_an_application_with_a_secret_may_have_keys_for_its_requests(file: Path) -> None:
    created = run("application", "create", *WEB, "--jwks", str(file))
    assert created["client_secret"]
    assert created["jwks"]["keys"]


def test_what_is_wrong_is_told_in_words(tmp_path: Path) -> None:
    private = tmp_path / "private.json"
    private.write_text(json.dumps({"keys": [{**signing_key("ES256").jwk, "d": "AAAA"}]}))
    message, code = refused("application", "create", *SIGNING, "--jwks", str(private))
    told = "jwks 'one': The key is private: keep it, make a new one and give its public half"
    assert (message, code) == (told, 1)
    message, code = refused("application", "create", *SIGNING)
    assert (message, code) == ("jwks: Give the public keys, or the address where they are", 1)
    inside = ["--jwks-uri", "https://127.0.0.1/jwks"]
    message, code = refused("application", "create", *SIGNING, *inside)
    told = "jwks_uri 'https://127.0.0.1/jwks': The address needs a host name, not a number"
    assert (message, code) == (told, 1)
    assert not Application.objects.exists()


def test_a_key_in_pem_is_taken_as_openssl_prints_it(tmp_path: Path) -> None:
    file, key = tmp_path / "public.pem", ec.generate_private_key(ec.SECP256R1())
    file.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    created = run("application", "create", *SIGNING, "--jwks", str(file))
    numbers = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    assert [{name: one[name] for name in numbers} for one in created["jwks"]["keys"]] == [numbers]


def test_a_private_key_in_pem_is_refused_by_that_name(tmp_path: Path) -> None:
    file, key = tmp_path / "private.pem", ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(b"Bag Attributes\n" + pem)
    message, _code = refused("application", "create", *SIGNING, "--jwks", str(file))
    assert "holds a private key: give the public one alone" in message
    assert not Application.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "\0", "[" * 100_000, "-----BEGIN PUBLIC KEY-----"])
def test_a_file_that_is_no_key_is_a_mistake(tmp_path: Path, text: str) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(text)
    message, _code = refused("application", "create", *SIGNING, "--jwks", str(file))
    assert "is not a file of JSON, or of one public key in PEM, that can be read" in message
    message, _code = refused("application", "create", *SIGNING, "--jwks", str(tmp_path))
    assert "is not a file of JSON, or of one public key in PEM, that can be read" in message


@pytest.mark.parametrize("kind", ["spa", "native"])
def test_a_public_application_cannot_keep_a_private_key(file: Path, kind: str) -> None:
    more = ["--kind", kind, "--jwks", str(file)]
    message, code = refused("application", "create", *SIGNING, *more)
    assert code == 1
    assert "private key" in message


def test_keys_are_replaced_and_the_change_is_audited(file: Path) -> None:
    run("application", "create", *SIGNING, "--jwks", str(file))
    shown = run("application", "replace-keys", "library", "--jwks-uri", URI)
    assert (shown["jwks"], shown["jwks_uri"]) == (None, URI)
    event = AuditEvent.objects.get(event=Event.APPLICATION_CHANGED)
    assert event.detail == {"parts": "jwks jwks_uri"}
    shown = run("application", "replace-keys", "library", "--jwks", str(file))
    assert (bool(shown["jwks"]), shown["jwks_uri"]) == (True, "")


def test_keys_that_are_needed_are_not_removed(file: Path) -> None:
    run("application", "create", *SIGNING, "--jwks", str(file))
    message, code = refused("application", "replace-keys", "library")
    assert (message, code) == ("jwks: Give the public keys, or the address where they are", 1)
    assert Application.objects.get().jwks is not None
    with pytest.raises(KeysRefusedError):
        operations.replace(application=Application.objects.get(), keys=NO_KEYS, by=OPERATOR)


def test_keys_that_are_not_needed_may_be_removed(file: Path) -> None:
    run("application", "create", *WEB, "--jwks", str(file))
    assert run("application", "replace-keys", "library")["jwks"] is None
