"""The file of an application's settings, as the portal hands it out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from clients.applications.keys import pem
from tests.interop.conftest import Person, Register
from tests.serving.provider import Served, free_port

NAME: Final = "borough-login.json"
KEY_FILE: Final = "private-key.pem"
SaveSettings = Callable[..., Path]


def public_half(folder: Path) -> str:
    """Put a private key into a folder, and return its public half, both as openssl has them."""
    private = ec.generate_private_key(ec.SECP256R1())
    written = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / KEY_FILE).write_bytes(written)
    told = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return told.decode()


def own_key(folder: Path) -> tuple[str, ...]:
    """Put a private key into a folder; return what registers its public half."""
    public = folder / "jwks.json"
    public.write_text(json.dumps(pem.jwk_set(public_half(folder))), encoding="utf-8")
    return "--auth-method=private_key_jwt", f"--jwks={public}"


@pytest.fixture(scope="session")
def save_settings(served: Served, register: Register) -> SaveSettings:
    """Return a way to put such a file, of a web application of its own, into a folder.

    `comes_back` says whether people come back to its start page after signing out, `has_key`
    whether it proves itself by a key, which is put there too.
    """

    def save(folder: Path, *, comes_back: bool = False, has_key: bool = False) -> Path:
        here = f"http://127.0.0.1:{free_port()}"
        more = {"post_logout_redirect_uri": f"{here}/"} if comes_back else {}
        arguments = [f"--{name.replace('_', '-')}={uri}" for name, uri in more.items()]
        arguments += own_key(folder) if has_key else ()
        client = register(f"Program at {here[-5:]}", f"{here}/callback", *arguments)
        told = {
            "issuer": served.issuer,
            "client_id": client.client_id,
            **_proof(client.client_secret),
            "redirect_uri": client.redirect_uri,
            **more,
            "scope": "openid profile email",
            "id_token_signed_response_alg": "ES256",
        }
        file = folder / NAME
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    return save


def _proof(client_secret: str) -> dict[str, str]:
    if not client_secret:
        return {"token_endpoint_auth_method": "private_key_jwt"}
    return {
        "client_secret": client_secret,
        "token_endpoint_auth_method": "client_secret_basic",
    }


@pytest.fixture
def settings(save_settings: SaveSettings, tmp_path: Path) -> Path:
    """Return such a file of a web application, in a folder of the test's own."""
    return save_settings(tmp_path)


@pytest.fixture
def key_settings(save_settings: SaveSettings, tmp_path: Path) -> Path:
    """Return such a file of an application with a key of its own, which lies beside it."""
    return save_settings(tmp_path, has_key=True)


@pytest.fixture
def page_settings(served: Served, register: Register, tmp_path: Path) -> Path:
    """Return such a file of a single-page application, whose one address does for everything."""
    url = f"http://127.0.0.1:{free_port()}/"
    client = register(
        f"Page at {url[-6:-1]}", url, "--kind=spa", f"--post-logout-redirect-uri={url}"
    )
    told = {
        "issuer": served.issuer,
        "client_id": client.client_id,
        "token_endpoint_auth_method": "none",
        "redirect_uri": url,
        "post_logout_redirect_uri": url,
        "scope": "openid profile email",
        "id_token_signed_response_alg": "ES256",
    }
    file = tmp_path / NAME
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


@pytest.fixture
def stranger(served: Served, organisation: str) -> Person:
    """Return somebody who has not been asked to share anything yet."""
    whose = ("--test", "--organisation", organisation)
    named = ("--email", f"{uuid4().hex}@example.org", "--name", "Sam Stranger")
    created = served.manage("account", "create", *whose, *named)
    return Person(named[1], created["password"])
