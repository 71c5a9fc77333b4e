"""A resident and applications of these tests' own, at the served provider."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.interop.proxy import Proxy, between
from tests.interop.resident import Resident
from tests.serving.provider import Served


@dataclass(frozen=True)
class Client:
    """An application as its developer knows it."""

    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    sign_in_name: str
    password: str


Register = Callable[..., Client]
_SCOPES = ("openid", "profile", "email")


@pytest.fixture(scope="session")
def metadata(served: Served) -> dict[str, str]:
    """Return what the provider's discovery says."""
    discovery = f"{served.issuer}/.well-known/openid-configuration"
    found: dict[str, str] = httpx.get(discovery).raise_for_status().json()
    return found


@pytest.fixture(scope="session")
def organisation(served: Served) -> str:
    """Return the short name of the one whose applications and test resident they are."""
    name = ("--name", "Interop Trust", "--slug", "interop-trust")
    made = served.manage("organisation", "create", *name)
    return str(made["organisation"])


@pytest.fixture(scope="session")
def register(served: Served, organisation: str) -> Register:
    """Return a way to register an application by its name, redirect URI and what else it needs."""

    def register(name: str, redirect_uri: str, *more: str) -> Client:
        arguments = ["--organisation", organisation, "--sandbox", "--name", name]
        arguments += ["--redirect-uri", redirect_uri]
        for scope in _SCOPES:
            arguments += ["--scope", f"{scope}:public_task:To try a client library"]
        created = served.manage("application", "create", *arguments, *more)
        return Client(created["client_id"], created.get("client_secret", ""), redirect_uri)

    return register


@pytest.fixture(scope="session")
def person(served: Served, organisation: str) -> Person:
    """Return a test resident's account, as these are applications for trying out."""
    address = "interop@example.org"
    whose = ("--test", "--organisation", organisation)
    named = ("--email", address, "--name", "Ines Interop")
    created = served.manage("account", "create", *whose, *named)
    return Person(address, created["password"])


@pytest.fixture
def resident(person: Person) -> Iterator[Resident]:
    """Yield that person at a new browser."""
    with Resident(person.sign_in_name, person.password) as resident:
        yield resident


@pytest.fixture
def proxy(metadata: dict[str, str]) -> Iterator[Proxy]:
    """Yield a proxy before the provider's token endpoint and JWKS."""
    with between(metadata) as started:
        yield started
