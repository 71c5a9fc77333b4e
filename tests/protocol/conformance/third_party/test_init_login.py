"""Plan Third-Party-Initiated Login."""

import pytest

from tests.protocol.conformance import registration
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import Json

PLANS = ("3rdparty-init-login",)


def test_oidcc_3rd_party_init_login(conforming: Provider, register: Register) -> None:
    """A registration repeats initiate_login_uri, and so does registration_client_uri.

    That one is read by GET with the registration_access_token: 200, JSON.
    """
    uri = f"{conforming.site.origin}/initiate_login"
    registered = register(initiate_login_uri=uri).registered
    assert registered["initiate_login_uri"] == uri
    answer = registration.read(conforming, registered)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json()["initiate_login_uri"] == uri
    assert answer.json()["client_id"] == registered["client_id"]


@pytest.mark.parametrize("host", ["service.example.org", "localhost"])
def test_oidcc_3rd_party_init_login_nohttps(
    conforming: Provider, usual_metadata: Json, host: str
) -> None:
    """An initiate_login_uri of http is refused: 400, JSON, invalid_client_metadata."""
    wish = usual_metadata | {"initiate_login_uri": f"http://{host}/initiate_login"}
    assert registration.is_refused(registration.ask(conforming, wish), "invalid_client_metadata")
