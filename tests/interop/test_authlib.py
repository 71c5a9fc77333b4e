"""Authlib, as a client beside the demo services: signature, issuer, audience, nonce, expiry."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tests.interop.conftest import Client, Person, Register
from tests.interop.proxy import Proxy
from tests.interop.resident import Resident
from tests.interop.tamperings import TAMPERINGS

REDIRECT_URI = "http://127.0.0.1:9/callback"
VERIFIER = "authlib-" * 8
NONCE = "a nonce of the client's"


@dataclass
class Flow:
    """One client and one resident, with a proxy between them and the provider."""

    client: Client
    resident: Resident
    metadata: dict[str, str]
    proxy: Proxy

    def run(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Sign in; return the validated claims of the ID token, and those of userinfo."""
        session = OAuth2Session(
            self.client.client_id,
            self.client.client_secret,
            scope="openid profile email",
            redirect_uri=REDIRECT_URI,
            code_challenge_method="S256",
        )
        with session:
            url, state = session.create_authorization_url(
                self.metadata["authorization_endpoint"], code_verifier=VERIFIER, nonce=NONCE
            )
            answer = self.resident.travel(url, REDIRECT_URI)
            assert parse_qs(urlsplit(answer).query)["iss"] == [self.metadata["issuer"]]
            token = session.fetch_token(
                f"{self.proxy.url}/token",
                authorization_response=answer,
                state=state,
                code_verifier=VERIFIER,
            )
            keys = session.get(f"{self.proxy.url}/jwks", withhold_token=True).json()
            claims = self._validated(token, KeySet.import_key_set(keys))
            return claims, session.get(self.metadata["userinfo_endpoint"]).json()

    def _validated(self, token: dict[str, Any], keys: KeySet) -> dict[str, Any]:
        decoded = jwt.decode(token["id_token"], keys, ["ES256"])
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.metadata["issuer"]},
                "aud": {"essential": True, "value": self.client.client_id},
            },
            {
                "nonce": NONCE,
                "client_id": self.client.client_id,
                "access_token": token["access_token"],
            },
        )
        claims.validate()
        return dict(claims)


@pytest.fixture(scope="module")
def client(register: Register) -> Client:
    return register("Authlib", REDIRECT_URI)


@pytest.fixture
def flow(client: Client, resident: Resident, metadata: dict[str, str], proxy: Proxy) -> Flow:
    return Flow(client, resident, metadata, proxy)


def test_flow_completes_and_every_check_passes(flow: Flow, person: Person) -> None:
    claims, details = flow.run()
    assert details["sub"] == claims["sub"]
    assert details["email"] == person.sign_in_name


def test_a_second_service_asks_for_no_second_sign_in(flow: Flow, register: Register) -> None:
    first, _ = flow.run()
    asked = len(flow.resident.steps)
    flow.client = register("Authlib again", REDIRECT_URI)
    second, _ = flow.run()
    assert "/sign-in" not in flow.resident.steps[asked:]
    assert first["sub"] != second["sub"]
    assert first["sid"] != second["sid"]


def test_token_signed_anew_without_a_change_is_accepted(flow: Flow) -> None:
    """The proxy's key is believed, so that what the next test refuses is the change alone."""
    flow.proxy.change = flow.proxy.resigned()
    claims, _ = flow.run()
    assert claims["aud"] == flow.client.client_id


@pytest.mark.parametrize("wrong", TAMPERINGS)
def test_tampered_token_is_refused(flow: Flow, wrong: str) -> None:
    flow.proxy.change = TAMPERINGS[wrong](flow.proxy)
    with pytest.raises(JoseError):
        flow.run()
