"""The library, and applications that prove themselves in each way."""

from collections.abc import Iterator

import pytest

from tests.interop import node
from tests.interop.conftest import Person
from tests.interop.openid_client import registered
from tests.interop.openid_client.application import ALGORITHMS, Application
from tests.interop.openid_client.library import Library
from tests.interop.openid_client.registered import Registered
from tests.interop.resident import Resident
from tests.serving.provider import Served


@pytest.fixture(scope="session")
def library(served: Served) -> Library:
    """Return the library, installed."""
    node.packages()
    return Library(served.issuer)


@pytest.fixture(scope="session")
def everything(
    served: Served, organisation: str, tmp_path_factory: pytest.TempPathFactory, callback_port: int
) -> Registered:
    """Return all that was registered."""
    assert f"--organisation={organisation}" == registered.WHOSE
    heard_at = f"http://127.0.0.1:{callback_port}/signed-out"
    return registered.register_all(served, tmp_path_factory.mktemp("keys"), heard_at)


@pytest.fixture(scope="session")
def applications(everything: Registered) -> dict[str, Application]:
    """Return all applications by their short names."""
    return everything.applications


@pytest.fixture(scope="session")
def initial_access_token(everything: Registered) -> str:
    """Return what lets an application register itself."""
    return everything.initial_access_token


@pytest.fixture
def web(applications: dict[str, Application]) -> Application:
    """Return an application that keeps a secret, and serves the API."""
    return applications["web"]


@pytest.fixture
def public(applications: dict[str, Application]) -> Application:
    """Return an application that runs where nothing stays secret."""
    return applications["page"]


@pytest.fixture
def program(applications: dict[str, Application]) -> Application:
    """Return an application that acts in its own name, and may call the API."""
    return applications["lorry"]


@pytest.fixture
def device(applications: dict[str, Application]) -> Application:
    """Return an application that runs where there is no browser."""
    return applications["screen"]


@pytest.fixture(params=ALGORITHMS)
def signing(applications: dict[str, Application], request: pytest.FixtureRequest) -> Application:
    """Return an application for which everything is signed by one algorithm, on both sides."""
    return applications[request.param]


@pytest.fixture
def refusing(person: Person) -> Iterator[Resident]:
    """Yield that person at a new browser, unwilling to share anything."""
    with Resident(person.sign_in_name, person.password, shares=False) as resident:
        yield resident
