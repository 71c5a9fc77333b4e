"""The provider that the plans test, and clients registered with it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.accounts.security.outgoing.servers import certificate_for
from tests.protocol.conformance import registration
from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.provider import Provider, made_person
from tests.protocol.conformance.receiver import POLL, PUSH, Json, Receiver
from tests.protocol.conformance.relying_party import RelyingParty, public
from tests.protocol.conformance.site import listening
from tests.protocol.conformance.test_modules import MODULES
from tests.protocol.signing import signing_key
from tests.serving.clock import clock_in
from tests.serving.fixtures import serving_copy
from tests.serving.provider import Prepared

Register = Callable[..., RelyingParty]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each module's test once for each of its plans, which its file names."""
    if metafunc.function.__name__.startswith(MODULES):
        # Also where the test itself does not look at it.
        metafunc.fixturenames.append("plan")
        metafunc.parametrize("plan", [_param(plan) for plan in vars(metafunc.module)["PLANS"]])


# What they do touches no row that another plan's client does not.
_ONCE = frozenset({"formpost-basic", "fapi2-key-mtls", "fapi2-client-credentials"})


def _param(plan: str) -> object:
    return pytest.param(plan, marks=[pytest.mark.once] if plan in _ONCE else [])


@pytest.fixture(autouse=True)
def _keys() -> None:
    """Make no keys in this process's own database, as other protocol tests want them."""


@pytest.fixture(scope="session")
def conforming(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Provider]:
    """Yield a provider of these tests' own, and a site that it may ask."""
    folder = tmp_path_factory.mktemp("conforming")
    clock, certificate = clock_in(folder), certificate_for("localhost", folder)
    with listening(certificate) as site:
        settings = {
            # Every test comes from one address.
            "BOROUGH_LIMITS_ENABLED": "no",
            "BOROUGH_OUTGOING_ALLOW": f"localhost:{site.port}",
            "BOROUGH_OUTGOING_CA_BUNDLE": str(certificate),
            # Our site answers, but on a busy machine it may take its time.
            "BOROUGH_OUTGOING_TIMEOUT_SECONDS": "60",
        }
        with serving_copy(
            folder, prepared, clock, certificate=certificate, settings=settings
        ) as served:
            made = served.manage("organisation", "create", "--name", "Conformance")
            whose = made["organisation"]
            person = made_person(served, folder, whose)
            with Provider(served, clock, certificate, site, person, whose) as provider:
                yield provider


@pytest.fixture
def mode(plan: str) -> str:
    """Return the response mode that the plan asks for, if any."""
    return "form_post" if plan == "formpost-basic" else ""


@pytest.fixture
def usual_metadata(conforming: Provider, plan: str) -> dict[str, Any]:
    """Return what a client of the plan's says of itself."""
    method = "private_key_jwt" if plan == "dynamic" else "client_secret_basic"
    return {
        "redirect_uris": [f"{conforming.site.origin}/{uuid4().hex}/callback"],
        "token_endpoint_auth_method": method,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "client_name": f"Conformance {uuid4().hex[:8]}",
        "contacts": ["conformance@example.org"],
        # Also where it authenticates by a secret.
        "jwks": {"keys": [public(signing_key("RS256"))]},
        "unheard_of": "To be ignored (RFC 7591 §2).",
    }


@pytest.fixture
def register(conforming: Provider, usual_metadata: dict[str, Any], mode: str) -> Iterator[Register]:
    """Yield a way to register a client, with changes to the usual metadata; None: left out.

    Each ends its registration when its test is over.
    """
    made: list[RelyingParty] = []

    def registered(**changes: Any) -> RelyingParty:
        everything = {**usual_metadata, **changes}
        sent = {name: value for name, value in everything.items() if value is not None}
        answer = registration.register(conforming, sent)
        made.append(RelyingParty(conforming, answer, sent, mode, signing_key("RS256")))
        return made[-1]

    yield registered
    assert all(registration.is_ended(conforming, rp.registered) for rp in made)


@pytest.fixture
def rp(register: Register) -> RelyingParty:
    """Return a client registered as the plan has it."""
    return register()


@pytest.fixture
def new_agent(conforming: Provider) -> Iterator[Callable[[], Browser]]:
    """Yield a way to sit the person down at a browser that was never used."""
    opened: list[Browser] = []

    def new() -> Browser:
        opened.append(conforming.browser())
        return opened[-1]

    yield new
    for browser in opened:
        browser.http.close()


@pytest.fixture
def agent(new_agent: Callable[[], Browser]) -> Browser:
    """Return a browser that was never used."""
    return new_agent()


@pytest.fixture(scope="session")
def eventful(conforming: Provider) -> Json:
    """Return a client that an operator let hear of events: one, as in the plan."""
    manage = conforming.served.manage
    made: Json = manage(
        *("application", "create", "--organisation", conforming.organisation, "--name", "Receiver"),
        *(
            "--sandbox",
            "--redirect-uri",
            f"{conforming.site.origin}/receiver/callback",
            "--event-stream",
        ),
        *("--scope", "openid:public_task:To test"),
    )
    return made


@pytest.fixture
def receiver(conforming: Provider, eventful: Json, plan: str) -> Receiver:
    """Return the client with an access token of its own, and no stream."""
    method = PUSH if plan == "ssf-transmitter-push" else POLL
    made = Receiver(conforming, eventful, method)
    made.enter()
    return made
