"""Two websites of one Apache, which sign in and hear of sign-outs by different ways."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.interop.apache import server
from tests.interop.apache.browser import Browser
from tests.interop.apache.server import Site
from tests.interop.public import Public
from tests.interop.resident import Resident
from tests.serving.provider import free_port


@dataclass(frozen=True)
class Sites:
    """`secret` has one and is told by browsers; `signer` signs and is told by the provider."""

    secret: Site
    signer: Site
    folder: Path

    @property
    def log(self) -> str:
        """What Apache and the module wrote down."""
        return (self.folder / "error.log").read_text()


@pytest.fixture(scope="module")
def sites(public: Public) -> Iterator[Sites]:
    """Yield both, registered with the provider and serving."""
    server.program()
    with server.open_folder() as folder:
        secret, signer = _secret(public, free_port()), _signer(public, folder)
        with server.running(folder, public, secret, signer):
            yield Sites(secret, signer, folder)


@pytest.fixture
def visitor(public: Public, sites: Sites) -> Iterator[Browser]:
    """Yield a person's new browser; what the servers wrote is shown with a test that failed."""
    with _browser(public) as browser:
        yield browser
    print(sites.log, *(path.read_text() for path in public.logs.glob("*.log")))  # noqa: T201


@pytest.fixture
def other_visitor(public: Public) -> Iterator[Browser]:
    """Yield another new browser of that person's."""
    with _browser(public) as browser:
        yield browser


@contextmanager
def _browser(public: Public) -> Iterator[Browser]:
    name, password = public.person["sign_in_name"], public.person["password"]
    with public.client() as http:
        yield Browser(public, http, Resident(name, password, http=http))


def _secret(public: Public, port: int) -> Site:
    """Register a site that keeps a secret, may refresh, and has a front-channel address."""
    callback = server.callback(port)
    registered = public.register(
        *("Apache", callback, "--scope=offline_access:public_task:To go on without you"),
        *("--frontchannel-logout-uri", f"{callback}?logout=get"),
        *("--post-logout-redirect-uri", f"{server.origin(port)}/signed-out"),
    )
    further = (
        f"OIDCClientSecret {registered['client_secret']}",
        "OIDCProviderTokenEndpointAuth client_secret_basic",
        'OIDCScope "openid email offline_access"',
        "OIDCAuthRequestParams prompt=consent",
    )
    return Site("secret", port, registered["client_id"], further)


def _signer(public: Public, folder: Path) -> Site:
    """Register a site that signs assertions, at the port that the provider may ask."""
    port = public.partner_port
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pair = public.authority.issue("signer", key=key)
    published = jwt.get_algorithm_by_name("RS256").to_jwk(key.public_key(), as_dict=True)
    keys = {"keys": [published | {"kid": "signer", "alg": "RS256", "use": "sig"}]}
    (folder / "jwks.json").write_text(json.dumps(keys))
    callback = server.callback(port)
    registered = public.register(
        *("Apache that signs", callback, "--auth-method", "private_key_jwt"),
        *("--jwks", str(folder / "jwks.json")),
        *("--backchannel-logout-uri", f"{callback}?logout=backchannel"),
        *("--post-logout-redirect-uri", f"{server.origin(port)}/signed-out"),
    )
    further = (
        # Without the public one this version of the module crashes.
        f"OIDCPrivateKeyFiles signer#{pair.key}",
        f"OIDCPublicKeyFiles signer#{pair.certificate}",
        "OIDCProviderTokenEndpointAuth private_key_jwt",
        "OIDCProviderBackChannelLogoutSupported On",
        'OIDCScope "openid email"',
    )
    return Site("signer", port, registered["client_id"], further)
