"""OpenID Connect Discovery 1.0: what we say is what we do, no more and no less."""

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from pytest_django import Settings

from clients.scopes import SCOPES
from idp.oidc.discovery import document
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.signing import SigningPartner

PATH = "/.well-known/openid-configuration"
METADATA: dict[str, Any] = {
    "issuer": "http://localhost:8000",
    "authorization_endpoint": "http://localhost:8000/authorize",
    "token_endpoint": "http://localhost:8000/token",
    "userinfo_endpoint": "http://localhost:8000/userinfo",
    "jwks_uri": "http://localhost:8000/jwks",
    "registration_endpoint": "http://localhost:8000/register",
    "revocation_endpoint": "http://localhost:8000/revoke",
    "pushed_authorization_request_endpoint": "http://localhost:8000/par",
    "require_pushed_authorization_requests": False,
    "device_authorization_endpoint": "http://localhost:8000/device-authorization",
    "end_session_endpoint": "http://localhost:8000/logout",
    "backchannel_logout_supported": True,
    "backchannel_logout_session_supported": True,
    "frontchannel_logout_supported": True,
    "frontchannel_logout_session_supported": True,
    "scopes_supported": ["openid", "profile", "email", "address", "phone", "offline_access"],
    "response_types_supported": ["code"],
    "response_modes_supported": ["query", "form_post", "jwt", "query.jwt", "form_post.jwt"],
    "grant_types_supported": [
        *("authorization_code", "refresh_token", "client_credentials"),
        "urn:ietf:params:oauth:grant-type:device_code",
    ],
    "acr_values_supported": [
        *("https://refeds.org/profile/sfa", "https://refeds.org/profile/mfa", "phr"),
    ],
    "subject_types_supported": ["pairwise"],
    "id_token_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
    "userinfo_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
    "token_endpoint_auth_methods_supported": [
        *("client_secret_basic", "client_secret_post", "private_key_jwt", "none"),
    ],
    "token_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
    "revocation_endpoint_auth_methods_supported": [
        *("client_secret_basic", "client_secret_post", "private_key_jwt", "none"),
    ],
    "revocation_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
    "introspection_endpoint": "http://localhost:8000/introspect",
    "introspection_endpoint_auth_methods_supported": [
        *("client_secret_basic", "client_secret_post", "private_key_jwt"),
    ],
    "introspection_endpoint_auth_signing_alg_values_supported": [
        *("ES256", "RS256", "PS256", "EdDSA"),
    ],
    "code_challenge_methods_supported": ["S256"],
    "prompt_values_supported": ["none", "login", "consent", "select_account", "create"],
    "ui_locales_supported": ["en-GB"],
    "claim_types_supported": ["normal"],
    "claims_parameter_supported": True,
    "request_parameter_supported": True,
    "request_uri_parameter_supported": True,
    "require_request_uri_registration": True,
    "require_signed_request_object": False,
    "dpop_signing_alg_values_supported": ["ES256", "PS256", "EdDSA", "Ed25519"],
    "request_object_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
    "authorization_response_iss_parameter_supported": True,
    "authorization_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
    "introspection_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
}


@pytest.fixture
def http() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def metadata(http: Client) -> dict[str, Any]:
    return body(http.get(PATH))


class TestMetadata:
    """§3."""

    def test_it_is_exactly_the_profile(self, metadata: dict[str, Any]) -> None:
        assert {name: metadata[name] for name in METADATA} == METADATA
        assert metadata.keys() - METADATA.keys() == {"claims_supported"}

    def test_every_endpoint_is_there(self, metadata: dict[str, Any]) -> None:
        addresses = [
            value for name, value in metadata.items() if name.endswith(("_endpoint", "_uri"))
        ]
        assert len(addresses) == 10
        for address in addresses:
            assert resolve(address.removeprefix(metadata["issuer"])).func is not None

    @pytest.mark.parametrize("code, tag", [("cy", "cy"), ("zh-hans", "zh-Hans")])
    def test_languages_are_written_as_in_their_registry(
        self, code: str, tag: str, settings: Settings
    ) -> None:
        """RFC 5646 §2.1.1: regions in capitals, scripts with a capital."""
        settings.LANGUAGES = [("en-gb", "English"), (code, code)]
        assert document(settings.ISSUER)["ui_locales_supported"] == ["en-GB", tag]

    def test_the_claims_are_those_that_tokens_and_scopes_carry(
        self, metadata: dict[str, Any], partner: Partner
    ) -> None:
        ann = factories.account()
        factories.claimed(partner.application, ann)
        token = partner.tokens(account=ann, vot_asked=True)["id_token"]
        in_token = tokens.claims(token, partner.application.client_id).keys()
        by_scope = {claim for scope in SCOPES.values() for claim in scope.claims}
        assert sorted(metadata["claims_supported"]) == sorted(in_token | by_scope)

    @pytest.mark.parametrize("method", METADATA["token_endpoint_auth_methods_supported"])
    def test_every_authentication_method_works(self, method: str) -> None:
        application = factories.application(
            public=method == "none", token_endpoint_auth_method=method
        )
        partner = Partner(application, factories.client_secret(application))
        if method == "private_key_jwt":
            partner = SigningPartner.keyed()
        answer = partner.tokens()
        assert partner.revoke(answer["refresh_token"]).status_code == 200

    def test_every_algorithm_signs(self, metadata: dict[str, Any]) -> None:
        for algorithm in metadata["id_token_signing_alg_values_supported"]:
            partner = Partner.confidential(algorithm=algorithm)
            assert tokens.header(partner.tokens()["id_token"])["alg"] == algorithm
        for algorithm in metadata["userinfo_signing_alg_values_supported"]:
            partner = Partner.confidential(userinfo_algorithm=algorithm)
            answer = partner.userinfo(partner.tokens()["access_token"])
            assert tokens.header(answer.content.decode())["alg"] == algorithm


class TestResponse:
    """§4."""

    def test_it_is_json_that_may_be_kept_a_while(self, http: Client) -> None:
        response = http.get(PATH)
        assert response["Content-Type"] == "application/json"
        assert response["Cache-Control"] == "public, max-age=300"
        assert not response.cookies

    def test_an_unchanged_answer_is_not_sent_again(self, http: Client) -> None:
        etag = http.get(PATH)["ETag"]
        again = http.get(PATH, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")

    def test_the_host_header_changes_nothing(self) -> None:
        response = Client(headers={"host": "evil.example"}).get(PATH)
        assert body(response)["issuer"] == METADATA["issuer"]

    def test_only_get_and_head_are_served(self, http: Client) -> None:
        assert http.head(PATH).status_code == 200
        response = http.post(PATH)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


class TestKeys:
    """OpenID Connect Core §10.1."""

    def test_every_key_is_public_and_has_a_name_of_its_own(self, http: Client) -> None:
        keys = body(http.get("/jwks"))["keys"]
        assert len({key["kid"] for key in keys}) == len(keys) == 8
        for key in keys:
            assert key["use"] == "sig"
            assert key.keys() <= {"kty", "kid", "use", "alg", "crv", "x", "y", "n", "e"}

    def test_tokens_name_a_published_key(self, http: Client, partner: Partner) -> None:
        published = {key["kid"]: key["alg"] for key in body(http.get("/jwks"))["keys"]}
        answer = body(partner.exchange(factories.grant(partner.application)))
        for kind in ("id_token", "access_token"):
            header = tokens.header(answer[kind])
            assert published[header["kid"]] == header["alg"]
