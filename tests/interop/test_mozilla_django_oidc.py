"""mozilla-django-oidc, in a Django site of its own: signature, issuer, audience, nonce, expiry."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from deploy.children import Children, answers
from tests.environment import ROOT
from tests.interop.conftest import Client, Person, Register
from tests.interop.proxy import Proxy, between
from tests.interop.resident import Resident
from tests.interop.tamperings import TAMPERINGS
from tests.serving.provider import Served, free_port


@dataclass(frozen=True)
class Site:
    """A running site and the proxy between it and the provider."""

    url: str
    client: Client
    proxy: Proxy

    def signs_in(self, resident: Resident) -> dict[str, Any]:
        """Let a resident sign in; return what the site then says of whom it sees."""
        answer = resident.travel(f"{self.url}/oidc/authenticate/", self.client.redirect_uri)
        resident.get(answer)
        said: dict[str, Any] = resident.get(f"{self.url}/").json()
        return said


@pytest.fixture(scope="module")
def site(
    served: Served,
    metadata: dict[str, str],
    register: Register,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Yield a site that answers; its process ends with the module's tests."""
    url = f"http://127.0.0.1:{free_port()}"
    client = register("Mozilla", f"{url}/oidc/callback/")
    folder = tmp_path_factory.mktemp("mozilla")
    children = Children(folder=ROOT, environment=served.environment, logs=folder)
    with between(metadata) as proxy:
        config = metadata | asdict(client)
        config |= {"port": urlsplit(url).port, "database": str(folder / "site.sqlite3")}
        config |= {"token_endpoint": f"{proxy.url}/token", "jwks_uri": f"{proxy.url}/jwks"}
        try:
            program = str(ROOT / "tests" / "interop" / "mozilla_client.py")
            children.start("Site", sys.executable, program, json.dumps(config))
            children.wait(lambda: answers(f"{url}/"))
            yield Site(url, client, proxy)
        finally:
            children.stop()


@pytest.fixture(autouse=True)
def proxy(site: Site) -> Iterator[Proxy]:
    """Yield the proxy, harmless before and after each test."""
    yield site.proxy
    site.proxy.reset()


def test_flow_completes_and_every_check_passes(
    site: Site, resident: Resident, person: Person, metadata: dict[str, str]
) -> None:
    said = site.signs_in(resident)
    assert said["email"] == person.sign_in_name
    assert said["claims"]["iss"] == metadata["issuer"]
    assert said["claims"]["aud"] == site.client.client_id


def test_token_signed_anew_without_a_change_is_accepted(site: Site, resident: Resident) -> None:
    """The proxy's key is believed, so that what the next test refuses is the change alone."""
    site.proxy.change = site.proxy.resigned()
    assert site.signs_in(resident)["email"]


@pytest.mark.parametrize("wrong", TAMPERINGS)
def test_tampered_token_is_refused(site: Site, resident: Resident, wrong: str) -> None:
    site.proxy.change = TAMPERINGS[wrong](site.proxy)
    assert site.signs_in(resident) == {"email": "", "claims": None}
