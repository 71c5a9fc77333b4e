"""Plan Dynamic: requests that the client keeps at an address of its own."""

from secrets import token_hex

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import RelyingParty
from tests.protocol.conformance.request_objects import signed, unsigned

PLANS = ("dynamic",)


def test_oidcc_request_uri_unsigned(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """request_uri is supported; an unsigned object skipped where "none" is not listed.

    It is refused then, not ignored.
    """
    metadata = conforming.metadata()
    assert metadata["request_uri_parameter_supported"] is True
    assert "none" not in metadata["request_object_signing_alg_values_supported"]
    path = f"/{token_hex(8)}/request"
    rp = register(request_uris=[f"{conforming.site.origin}{path}"])
    asked = rp.request()
    asked |= {"request_uri": conforming.site.publish(path, unsigned(rp, asked).encode())}
    rp.refusal(asked, rp.ask(agent, asked), "request_uri_not_supported")
    assert conforming.site.received(path)


def test_oidcc_request_uri_signed_rs256(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """request_uri is supported, with RS256; a signed object at a registered address is accepted.

    The address has a fragment; aud and iss are in the object, and all that the request asks.
    """
    metadata = conforming.metadata()
    assert metadata["request_uri_parameter_supported"] is True
    assert "RS256" in metadata["request_object_signing_alg_values_supported"]
    path = f"/{token_hex(8)}/request"
    uri = f"{conforming.site.origin}{path}#{token_hex(16)}"
    rp = register(request_uris=[uri], request_object_signing_alg="RS256")
    assert rp.registered["request_uris"] == [uri]
    asked = rp.request()
    conforming.site.publish(path, signed(rp, asked).encode())
    done = rp.finish(asked, rp.ask(agent, _outside(rp, uri)))
    assert conforming.site.received(path)
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]


def _outside(rp: RelyingParty, uri: str) -> dict[str, str]:
    """Return what stands beside the address: what OAuth 2.0 wants (OIDC Core §6.2)."""
    asked = {"client_id": rp.client_id, "response_type": "code", "scope": "openid"}
    return asked | {"request_uri": uri}
