"""Plans Basic and Form Post Basic: request objects that nobody signed."""

from uuid import uuid4

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import RelyingParty
from tests.protocol.conformance.request_objects import unsigned

PLANS = ("basic", "formpost-basic")


def test_oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """A request_uri that leads to an unsigned object: skipped where "none" is not listed.

    Nothing but a refusal is right then.
    """
    assert "none" not in conforming.metadata()["request_object_signing_alg_values_supported"]
    path = f"/{uuid4().hex}/request"
    rp = register(request_uris=[f"{conforming.site.origin}{path}"])
    asked = rp.request()
    asked |= {"request_uri": conforming.site.publish(path, unsigned(rp, asked).encode())}
    rp.refusal(asked, rp.ask(agent, asked), "request_uri_not_supported")
    assert conforming.site.received(path)


def test_oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported(
    conforming: Provider, rp: RelyingParty, agent: Browser
) -> None:
    """An unsigned object by value: request_not_supported; it is never ignored."""
    assert "none" not in conforming.metadata()["request_object_signing_alg_values_supported"]
    asked = rp.request()
    asked |= {"request": unsigned(rp, asked | {"nonce": "of the object"})}
    stop = rp.ask(agent, asked)
    rp.refusal(asked, stop, "request_not_supported")
    assert "sign-in" not in stop.pressed
