"""OpenID SSF 1.0 §7: the transmitter says what it does, no more and no less."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from idp.oidc.streams.metadata import document
from idp.oidc.streams.urls import MACHINE_ENDPOINTS
from tests.protocol import tokens
from tests.protocol.partner import body
from tests.protocol.receiver import PUSHED, Receiver
from tests.protocol.test_statement_counts import statements

PATH = "/.well-known/ssf-configuration"
METADATA: dict[str, Any] = {
    "spec_version": "1_0",
    "issuer": "http://localhost:8000",
    "jwks_uri": "http://localhost:8000/jwks",
    "delivery_methods_supported": ["urn:ietf:rfc:8935", "urn:ietf:rfc:8936"],
    "configuration_endpoint": "http://localhost:8000/ssf/stream",
    "status_endpoint": "http://localhost:8000/ssf/status",
    "add_subject_endpoint": "http://localhost:8000/ssf/subjects/add",
    "remove_subject_endpoint": "http://localhost:8000/ssf/subjects/remove",
    "verification_endpoint": "http://localhost:8000/ssf/verify",
    "authorization_schemes": [{"spec_urn": "urn:ietf:rfc:6749"}],
    "default_subjects": "ALL",
}


@pytest.fixture
def http() -> Client:
    return Client(headers={"host": "localhost"})


def test_it_is_served_as_json_to_anybody_and_costs_no_statement(http: Client) -> None:
    """§7.2.2, §7.2.4."""
    answer = http.get(PATH)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert body(answer) == METADATA
    assert statements(lambda: http.get(PATH)) == 0


def test_who_has_it_already_gets_nothing_again(http: Client) -> None:
    first = http.get(PATH)
    again = http.get(PATH, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nothing_is_empty_and_every_address_is_under_the_issuer() -> None:
    """§7.2.4: a list without elements is left out."""
    told = document("https://login.example.org")
    assert all(told.values())
    addresses = [value for name, value in told.items() if name.endswith(("_endpoint", "_uri"))]
    assert all(address.startswith("https://login.example.org/") for address in addresses)


def test_every_endpoint_is_named_and_every_name_an_endpoint() -> None:
    served = {f"{tokens.ISSUER}/{pattern.pattern}" for pattern in MACHINE_ENDPOINTS}
    named = {value for name, value in METADATA.items() if name.endswith("_endpoint")}
    # Where events are fetched is told by each stream; where a wish to be erased is answered, which
    # SSF does not know, by idp/ssf/README.md.
    others = (PATH, "/ssf/poll", "/ssf/erasure")
    assert served - named == {f"{tokens.ISSUER}{path}" for path in others}


@pytest.mark.parametrize("method", METADATA["delivery_methods_supported"])
def test_each_way_of_delivery_can_be_had(method: str) -> None:
    delivery = PUSHED if method == PUSHED["method"] else {"method": method}
    assert Receiver.new().create(delivery=delivery).status_code == 201


def test_the_addresses_follow_the_issuer(http: Client, settings: Settings) -> None:
    settings.ISSUER = "https://login.example.org"
    settings.ALLOWED_HOSTS = ["login.example.org", "localhost"]
    assert body(http.get(PATH)) == document("https://login.example.org")
