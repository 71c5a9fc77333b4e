"""Plan RP-Initiated Logout."""

import json
from dataclasses import dataclass
from secrets import token_hex

import jwt
import pytest

from tests.protocol.conformance.browser import Browser, Stop, heading
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.discovery import check_addresses
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import RelyingParty
from tests.protocol.signing import encoded, signing_key

PLANS = ("rp-initiated-logout",)


@dataclass(frozen=True)
class Place:
    """A browser in which somebody is signed in to a client."""

    rp: RelyingParty
    agent: Browser
    id_token: str

    @property
    def back(self) -> str:
        """The address to return to that the client registered."""
        return str(self.rp.registered["post_logout_redirect_uris"][0])

    def sign_out(self, **values: str) -> Stop:
        """Ask the provider to sign them out."""
        return self.rp.sign_out(self.agent, **values)

    def is_out(self) -> bool:
        """Say whether prompt=none fails."""
        return self.rp.knows_nobody(self.agent)

    def returned(self, stop: Stop) -> dict[str, list[str]]:
        """Return the parameters with which the browser came back to that address."""
        received = stop.callback
        assert received.method == "GET"
        assert f"{self.rp.provider.site.origin}{received.path}" == self.back
        return received.query

    def asks_first(self, stop: Stop) -> bool:
        """Say whether nobody returns: a question comes first, and a yes leads to a page."""
        assert stop.arrived is None
        assert heading(stop.page) == "Do you want to sign out?"
        self.rp.sign_in(self.agent, prompt="none")
        return self.says_so(self.agent.press(stop.page, "everything"))

    def says_so(self, stop: Stop) -> bool:
        """Say whether the browser stays on a page that says that nobody is signed in now."""
        assert stop.arrived is None
        assert (stop.page.status_code, heading(stop.page)) == (200, "You are signed out")
        return self.is_out()


@pytest.fixture
def place(register: Register, agent: Browser, conforming: Provider) -> Place:
    here = f"{conforming.site.origin}/{token_hex(8)}"
    rp = register(post_logout_redirect_uris=[f"{here}/post_logout_redirect"])
    return Place(rp, agent, rp.sign_in(agent).tokens["id_token"])


def test_oidcc_rp_initiated_logout_discovery_endpoint_verification(conforming: Provider) -> None:
    """end_session_endpoint and all other endpoints are https."""
    metadata = conforming.metadata()
    assert metadata["end_session_endpoint"].startswith("https://")
    check_addresses(metadata)


def test_oidcc_rp_initiated_logout(place: Place) -> None:
    """Hint, registered address and state: back there, then prompt=none fails.

    The state has 128 characters; it returns as it was, and no other parameter with it.
    """
    state = token_hex(64)
    stop = place.sign_out(
        id_token_hint=place.id_token, post_logout_redirect_uri=place.back, state=state
    )
    assert place.returned(stop) == {"state": [state]}
    assert place.is_out()


def test_oidcc_rp_initiated_logout_bad_post_logout_redirect_uri(place: Place) -> None:
    """An address that is not registered: a question, no redirect."""
    stop = place.sign_out(
        id_token_hint=place.id_token,
        post_logout_redirect_uri=f"{place.back}/{token_hex(8)}",
        state=token_hex(64),
    )
    assert place.asks_first(stop)


def test_oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri(place: Place) -> None:
    """?foo=bar added to the registered address: a question, no redirect."""
    stop = place.sign_out(
        id_token_hint=place.id_token,
        post_logout_redirect_uri=f"{place.back}?foo=bar",
        state=token_hex(64),
    )
    assert place.asks_first(stop)


def test_oidcc_rp_initiated_logout_modified_id_token_hint(place: Place) -> None:
    """The hint written anew with alg none: a question, no redirect."""
    _header, claims, _signature = place.id_token.split(".")
    unsigned = f"{encoded(json.dumps({'alg': 'none'}).encode())}.{claims}."
    stop = place.sign_out(
        id_token_hint=unsigned, post_logout_redirect_uri=place.back, state=token_hex(64)
    )
    assert place.asks_first(stop)


def test_oidcc_rp_initiated_logout_bad_id_token_hint(place: Place) -> None:
    """The hint signed by somebody else: a question, no redirect."""
    kid = jwt.get_unverified_header(place.id_token)["kid"]
    claims = jwt.decode(place.id_token, options={"verify_signature": False})
    stop = place.sign_out(
        id_token_hint=signing_key("RS256").sign(claims, kid=kid),
        post_logout_redirect_uri=place.back,
        state=token_hex(64),
    )
    assert place.asks_first(stop)


def test_oidcc_rp_initiated_logout_no_id_token_hint(place: Place) -> None:
    """A registered address without a hint, nor a client_id: a question, no redirect."""
    stop = place.sign_out(post_logout_redirect_uri=place.back, state=token_hex(64))
    assert place.asks_first(stop)


def test_oidcc_rp_initiated_logout_no_params(place: Place) -> None:
    """No parameters: whoever says yes is signed out, and stays on a page that says so."""
    assert place.asks_first(place.sign_out())


def test_oidcc_rp_initiated_logout_no_post_logout_redirect_uri(place: Place) -> None:
    """A hint and a state alone: signed out, on a page that says so; no redirect."""
    assert place.says_so(place.sign_out(id_token_hint=place.id_token, state=token_hex(64)))


def test_oidcc_rp_initiated_logout_only_state(place: Place) -> None:
    """A state alone: whoever says yes is signed out, and stays on a page that says so."""
    assert place.asks_first(place.sign_out(state=token_hex(64)))


def test_oidcc_rp_initiated_logout_no_state(place: Place) -> None:
    """Without a state: back without one, then prompt=none fails."""
    stop = place.sign_out(id_token_hint=place.id_token, post_logout_redirect_uri=place.back)
    assert place.returned(stop) == {}
    assert place.is_out()
