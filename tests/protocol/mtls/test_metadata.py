"""RFC 8705 §3.3, §5: what is published, and what may be registered, with and without an address."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from clients.applications.certificates.rules import (
    Certificate,
    CertificateProblem,
    SubjectKind,
    certificate_problems,
)
from idp.oidc.discovery import document
from tests.protocol.mtls.badges import SUBJECTS, badge
from tests.protocol.mtls.conftest import MTLS
from tests.protocol.partner import body
from tests.protocol.registering import METADATA, Registrar

TLS = {"tls_client_auth", "self_signed_tls_client_auth"}
METHODS = "_endpoint_auth_methods_supported"


def metadata() -> dict[str, Any]:
    return body(Client(headers={"host": "localhost"}).get("/.well-known/openid-configuration"))


class TestDiscovery:
    def test_the_addresses_for_certificates_are_those_of_the_same_endpoints(self) -> None:
        found = metadata()
        assert found["tls_client_certificate_bound_access_tokens"] is True
        assert set(found["mtls_endpoint_aliases"]) == {
            "token_endpoint",
            "userinfo_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "pushed_authorization_request_endpoint",
            "device_authorization_endpoint",
        }
        for name, address in found["mtls_endpoint_aliases"].items():
            assert address == found[name].replace("http://localhost:8000", MTLS)

    @pytest.mark.parametrize("endpoint", ["token", "revocation", "introspection"])
    def test_both_methods_are_named(self, endpoint: str) -> None:
        assert set(metadata()[f"{endpoint}{METHODS}"]) >= TLS

    def test_without_an_address_nothing_of_it_is_there(self, settings: Settings) -> None:
        settings.MTLS_ADDRESS = ""
        found = metadata()
        assert not {"mtls_endpoint_aliases", "tls_client_certificate_bound_access_tokens"} & set(
            found
        )
        assert not TLS & set(found[f"token{METHODS}"])
        assert found == document("http://localhost:8000")


class TestRegistration:
    """§2.1.2, §3.4."""

    def register(self, **members: Any) -> Any:  # noqa: ANN401
        return Registrar.allowed().post({**METADATA, **members})

    @pytest.mark.parametrize("kind", SUBJECTS)
    def test_a_subject_is_taken_and_told_again(self, kind: str) -> None:
        member = {f"tls_client_auth_{kind}": SUBJECTS[kind]}
        answer = self.register(token_endpoint_auth_method="tls_client_auth", **member)
        assert answer.status_code == 201, answer.content
        told = body(answer)
        assert {name for name in told if name.startswith("tls_client_auth")} == member.keys()
        assert told[f"tls_client_auth_{kind}"] == SUBJECTS[kind]
        assert "client_secret" not in told

    def test_a_key_and_bound_tokens_are_taken(self) -> None:
        answer = self.register(
            token_endpoint_auth_method="self_signed_tls_client_auth",
            jwks={"keys": [badge().jwk]},
            tls_client_certificate_bound_access_tokens=True,
        )
        assert answer.status_code == 201, answer.content
        assert body(answer)["tls_client_certificate_bound_access_tokens"] is True

    @pytest.mark.parametrize(
        "members",
        [
            {},
            {"tls_client_auth_san_dns": "a.example", "tls_client_auth_san_ip": "192.0.2.7"},
            {"tls_client_auth_san_dns": "*.example"},
            {"tls_client_auth_san_dns": "host"},
            {"tls_client_auth_subject_dn": "booking"},
            {"tls_client_auth_subject_dn": ""},
            {"tls_client_auth_san_ip": "192.0.2.700"},
            {"tls_client_auth_san_email": "booking"},
            {"tls_client_auth_san_uri": "booking here"},
            {"token_endpoint_auth_method": "self_signed_tls_client_auth"},
            {
                "token_endpoint_auth_method": "client_secret_basic",
                "tls_client_auth_san_dns": "a.example.org",
            },
        ],
        ids=str,
    )
    def test_what_tells_no_certificate_is_refused(self, members: dict[str, str]) -> None:
        answer = self.register(**{"token_endpoint_auth_method": "tls_client_auth", **members})
        assert (answer.status_code, body(answer)["error"]) == (400, "invalid_client_metadata")

    @pytest.mark.parametrize(
        "members",
        [
            {
                "token_endpoint_auth_method": "tls_client_auth",
                "tls_client_auth_san_dns": "a.example.org",
            },
            {"tls_client_certificate_bound_access_tokens": True},
        ],
        ids=str,
    )
    def test_where_no_certificate_can_come_none_is_registered(
        self, members: dict[str, Any], settings: Settings
    ) -> None:
        settings.MTLS_ADDRESS = ""
        answer = self.register(**members)
        assert (answer.status_code, body(answer)["error"]) == (400, "invalid_client_metadata")


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_subject_of_the_wrong_kind_is_named(kind: SubjectKind) -> None:
    wrong = Certificate(kind, "\0")
    found = certificate_problems(wrong, method="tls_client_auth", binds=False, offered=True)
    assert [problem for _part, problem, _value in found] == [CertificateProblem.SUBJECT_UNFIT]
