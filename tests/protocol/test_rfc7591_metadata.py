"""RFC 7591 §2, OpenID Connect Registration §2: what a program may say of itself."""

from typing import Any, Final

import pytest

from clients.models import Application
from tests.protocol.partner import body, refused
from tests.protocol.registering import CALLBACK, METADATA, Registrar
from tests.protocol.signing import signing_key

pytestmark = pytest.mark.django_db
ORIGIN: Final = "https://service.example.org"
KEYS: Final = {"keys": [signing_key("ES256").jwk]}


@pytest.fixture
def registrar() -> Registrar:
    return Registrar.allowed()


class TestMembers:
    @pytest.mark.parametrize(
        "members",
        [
            {"application_type": "native", "token_endpoint_auth_method": "none"},
            {"redirect_uris": [CALLBACK, f"{ORIGIN}/other?bar=foo"]},
            {"redirect_uris": ["http://127.0.0.1:8080/cb"]},
            {"post_logout_redirect_uris": [f"{ORIGIN}/out"]},
            {"contacts": ["ann@example.org", "https://example.org/help"]},
            {"client_uri": f"{ORIGIN}/", "policy_uri": f"{ORIGIN}/p", "tos_uri": f"{ORIGIN}/t"},
            {"logo_uri": f"{ORIGIN}/logo.png"},
            {"jwks": KEYS},
            {"jwks_uri": "https://keys.example.org/jwks"},
            {"jwks": KEYS, "token_endpoint_auth_method": "private_key_jwt"},
            {
                "jwks": KEYS,
                "token_endpoint_auth_method": "private_key_jwt",
                "token_endpoint_auth_signing_alg": "ES256",
            },
            {"token_endpoint_auth_method": "client_secret_post"},
            {"id_token_signed_response_alg": "EdDSA"},
            {"authorization_signed_response_alg": "RS256"},
            {
                "id_token_signed_response_alg": "ES256",
                "introspection_signed_response_alg": "ES256",
            },
            {"userinfo_signed_response_alg": "RS256"},
            {"request_object_signing_alg": "PS256"},
            {"request_uris": [f"{ORIGIN}/request.jwt#abc"]},
            {"default_max_age": 0},
            {"default_acr_values": ["phr", "https://refeds.org/profile/mfa"]},
            {"initiate_login_uri": f"{ORIGIN}/start"},
            {
                "frontchannel_logout_uri": f"{ORIGIN}/front",
                "frontchannel_logout_session_required": True,
            },
            {
                "backchannel_logout_uri": f"{ORIGIN}/back",
                "backchannel_logout_session_required": True,
            },
            {"require_pushed_authorization_requests": True},
            {"require_signed_request_object": True},
            {"dpop_bound_access_tokens": True},
            {"subject_type": "pairwise", "require_auth_time": True},
        ],
        ids=" ".join,
    )
    def test_it_is_registered_and_told_as_it_was_asked(
        self, registrar: Registrar, members: dict[str, Any]
    ) -> None:
        told = registrar.register(**members)
        assert {name: told[name] for name in members} == members
        # What was stored is what is read again.
        assert body(registrar.manage("GET", told)).items() >= members.items()

    def test_a_member_that_is_null_counts_as_left_out(self, registrar: Registrar) -> None:
        told = registrar.register(contacts=None, jwks=None, default_max_age=None, scope=None)
        assert "contacts" not in told
        assert told["scope"] == "openid email"

    def test_unknown_members_are_ignored(self, registrar: Registrar) -> None:
        unknown = {"software_id": "4NRB1", "software_statement": "e30.e30.", "x": [{"y": 1}]}
        assert not registrar.register(**unknown).keys() & unknown.keys()

    @pytest.mark.parametrize(
        "members, name",
        [
            ({"client_name": "Parking", "client_name#en": "Cars"}, "Parking"),
            ({"client_name#en": "Cars", "client_name#cy": "Ceir"}, "Cars"),
            ({"client_name#EN-gb": "Cars", "client_name#en": "Autos"}, "Cars"),
        ],
    )
    def test_of_names_in_several_languages_one_is_taken(
        self, registrar: Registrar, members: dict[str, str], name: str
    ) -> None:
        answer = registrar.post({"redirect_uris": [CALLBACK], **members})
        assert body(answer)["client_name"] == name

    @pytest.mark.parametrize("members", [{}, {"client_name#cy": "Ceir"}, {"client_name": ""}])
    def test_without_a_name_it_is_called_after_the_organisation(
        self, registrar: Registrar, members: dict[str, str]
    ) -> None:
        answer = registrar.post({"redirect_uris": [CALLBACK], **members})
        assert body(answer)["client_name"] == "Riverside Trust"

    def test_what_is_handed_out_gets_no_secret_unless_it_asks_in_vain(
        self, registrar: Registrar
    ) -> None:
        told = registrar.register(application_type="native")
        assert told["token_endpoint_auth_method"] == "none"
        assert "client_secret" not in told
        asked = {"application_type": "native", "token_endpoint_auth_method": "client_secret_post"}
        answer = registrar.post({**METADATA, **asked})
        assert refused(answer, "invalid_client_metadata")


class TestRefusals:
    """RFC 7591 §3.2.2."""

    @pytest.mark.parametrize(
        "uris",
        [
            [],
            [f"{ORIGIN}/cb#fragment"],
            ["http://service.example.org/cb"],
            ["javascript:alert(1)"],
            ["data:text/html,x"],
            ["org.example:/cb"],
            ["//service.example.org/cb"],
            ["/cb"],
            ["https://*.example.org/cb"],
            ["https://user:pass@service.example.org/"],
            [f"{ORIGIN}/a/../b"],
            [f"{ORIGIN}/?code=1"],
            [f"{ORIGIN}/a b"],
            [f"{ORIGIN}/\u0435"],
            [f"{ORIGIN}/\n"],
            ["https://10.0.0.1/cb"],
            [CALLBACK, CALLBACK],
            [f"{ORIGIN}/{number}" for number in range(21)],
            [f"{ORIGIN}/{'a' * 1000}"],
            [CALLBACK, 7],
            CALLBACK,
            {"uri": CALLBACK},
        ],
        ids=lambda uris: str(uris)[:40],
    )
    def test_unfit_redirect_uris(self, registrar: Registrar, uris: object) -> None:
        answer = registrar.post({**METADATA, "redirect_uris": uris})
        assert refused(answer, "invalid_redirect_uri")
        assert not Application.objects.exists()

    @pytest.mark.parametrize(
        "members",
        [
            {"response_types": ["token"]},
            {"response_types": ["code id_token"]},
            {"response_types": "code"},
            {"grant_types": ["implicit"]},
            {"grant_types": ["password"]},
            {"grant_types": ["refresh_token"]},
            {"response_types": ["code"], "grant_types": ["client_credentials"]},
            {"application_type": "browser"},
            {"contacts": "ann@example.org"},
            {"contacts": ["a"] * 11},
            {"contacts": ["a" * 255]},
            {"contacts": ["ann\n@example.org"]},
            {"client_name": "a" * 101},
            {"client_name": "Council\u202eTax"},
            {"client_name": ["Parking"]},
            {"client_uri": "javascript:alert(1)"},
            {"policy_uri": "http://service.example.org/"},
            {"tos_uri": "https://service.example.org/#terms"},
            {"logo_uri": "data:image/png;base64,AAAA"},
            {"jwks": {"keys": []}},
            {"jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}},
            {"jwks": [KEYS]},
            {"jwks": KEYS, "jwks_uri": "https://keys.example.org/jwks"},
            {"token_endpoint_auth_method": "private_key_jwt"},
            {"token_endpoint_auth_method": "client_secret_jwt"},
            {"token_endpoint_auth_method": "tls_client_auth"},
            {"token_endpoint_auth_signing_alg": "HS256"},
            {"subject_type": "public"},
            {"id_token_signed_response_alg": "none"},
            {"id_token_signed_response_alg": "HS256"},
            {"authorization_signed_response_alg": "ES256"},
            {"authorization_signed_response_alg": "none"},
            {
                "id_token_signed_response_alg": "ES256",
                "introspection_signed_response_alg": "RS256",
            },
            {"id_token_encrypted_response_alg": "RSA-OAEP"},
            {"id_token_encrypted_response_enc": "A128GCM"},
            {"userinfo_signed_response_alg": "none"},
            {"userinfo_encrypted_response_alg": "RSA-OAEP"},
            {"request_object_signing_alg": "none"},
            {"request_object_encryption_alg": "RSA-OAEP"},
            {"default_max_age": -1},
            {"default_max_age": True},
            {"default_max_age": 1.5},
            {"default_max_age": "60"},
            {"default_max_age": 10**30},
            {"require_auth_time": "true"},
            {"default_acr_values": ["a b"]},
            {"default_acr_values": ["x"] * 11},
            {"initiate_login_uri": "http://service.example.org/start"},
            {"initiate_login_uri": "http://127.0.0.1:8080/start"},
            {"request_uris": ["http://service.example.org/r"]},
            {"request_uris": [f"{ORIGIN}/{number}" for number in range(21)]},
            {"post_logout_redirect_uris": [f"{ORIGIN}/#out"]},
            {"post_logout_redirect_uris": ["javascript:alert(1)"]},
            {"frontchannel_logout_uri": "https://elsewhere.example.org/"},
            {"backchannel_logout_uri": "http://service.example.org/"},
            {"backchannel_logout_session_required": 1},
            {"scope": ["openid"]},
            {"scope": "email"},
        ],
        ids=str,
    )
    def test_unfit_metadata(self, registrar: Registrar, members: dict[str, Any]) -> None:
        answer = registrar.post({**METADATA, **members})
        assert refused(answer, "invalid_client_metadata")
        assert not Application.objects.exists()

    def test_a_developer_reads_which_member_and_why(self, registrar: Registrar) -> None:
        answer = registrar.post({**METADATA, "tos_uri": "https://x.example/#", "client_name": " "})
        description = body(answer)["error_description"]
        assert description.startswith(
            "client_name: Enter a name. Given:   "
            "tos_uri: The address must not have a fragment (#). Given: https://x.example/# "
        )

    def test_what_is_repeated_is_plain_and_short(self, registrar: Registrar) -> None:
        uri = 'https://x.example/"\\\u202e' + "a" * 500
        description = body(registrar.post({**METADATA, "redirect_uris": [uri]}))[
            "error_description"
        ]
        assert "https://x.example/???aaa" in description
        assert len(description) < 300
