"""A partner that means harm registers: nothing fails, nothing inside is asked, little is kept."""

import json
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clients.models import Application
from tests.protocol.partner import body, refused
from tests.protocol.registering import CALLBACK, METADATA, Registrar

pytestmark = pytest.mark.django_db
FETCHED: Final = ("jwks_uri", "backchannel_logout_uri", "sector_identifier_uri")
OPENED: Final = (
    *("client_uri", "policy_uri", "tos_uri", "logo_uri"),
    *("initiate_login_uri", "frontchannel_logout_uri"),
)
INSIDE: Final = (
    "http://keys.example.org/",
    "https://localhost/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://database.internal/",
    "https://keys.example.org:22/",
    "https://user@keys.example.org/",
    "file:///etc/passwd",
    "gopher://keys.example.org/",
)


@pytest.fixture
def registrar() -> Registrar:
    return Registrar.allowed()


class TestBody:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "null",
            "[]",
            '"x"',
            "{",
            "{}{}",
            '{"client_name": "a", "client_name": "b"}',
            '{"default_max_age": NaN}',
            '{"default_max_age": 1e999}',
            '{"client_name": "a\\u0000b"}',
            '{"client_name": "\\ud800"}',
            '{"a":' * 100 + "1" + "}" * 100,
            '{"a":' + "[" * 100 + "]" * 100 + "}",
            "[" * 50_000,
            b'{"client_name": "\xff"}',
            "\ufeff{}",
        ],
        ids=lambda text: str(text)[:20],
    )
    def test_what_is_not_one_plain_object_is_refused(
        self, registrar: Registrar, text: str | bytes
    ) -> None:
        assert refused(registrar.post(text), "invalid_request")

    @pytest.mark.parametrize("size", [64 * 1024, 1024 * 1024])
    def test_a_large_one_is_refused_before_it_is_read(
        self, registrar: Registrar, size: int
    ) -> None:
        text = json.dumps({**METADATA, "x": "a" * size})
        answer = registrar.post(text)
        assert refused(answer, "invalid_request")
        assert "too large" in body(answer)["error_description"]

    def test_one_of_ten_thousand_addresses_is_refused(self, registrar: Registrar) -> None:
        uris = [f"https://a.example/{number}" for number in range(10_000)]
        assert refused(registrar.post({"redirect_uris": uris}), "invalid_request")
        answer = registrar.post({"redirect_uris": uris[:2_000]})
        assert refused(answer, "invalid_redirect_uri")

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
    def test_another_content_type_is_refused(self, registrar: Registrar, kind: str) -> None:
        header = {"Authorization": f"Bearer {registrar.secret}"}
        text = json.dumps(METADATA)
        answer = registrar.http.post("/register", text, content_type=kind, headers=header)
        assert refused(answer, "invalid_request")

    def test_nothing_is_read_of_who_has_no_token(self, registrar: Registrar) -> None:
        answer = registrar.post("{", Authorization="Bearer x")
        assert refused(answer, "invalid_token", 401)


class TestAddresses:
    """No address makes this server ask what only it can reach, nor a browser run a program."""

    @pytest.mark.parametrize("member", FETCHED)
    @pytest.mark.parametrize("uri", INSIDE)
    def test_what_this_server_would_ask(self, registrar: Registrar, member: str, uri: str) -> None:
        answer = registrar.post({**METADATA, member: uri})
        assert refused(answer, "invalid_client_metadata")
        assert not Application.objects.exists()

    @pytest.mark.parametrize("uri", INSIDE)
    def test_what_it_would_ask_for_requests(self, registrar: Registrar, uri: str) -> None:
        answer = registrar.post({**METADATA, "request_uris": [uri]})
        assert refused(answer, "invalid_client_metadata")

    @pytest.mark.parametrize("member", OPENED)
    @pytest.mark.parametrize(
        "uri",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "https://a.example\\@b.example/",
            "https://a.example/\u202e",
            "https://a.example/\t",
            "http://a.example/",
            "//a.example/",
        ],
    )
    def test_what_browsers_would_open(self, registrar: Registrar, member: str, uri: str) -> None:
        answer = registrar.post({**METADATA, member: uri})
        assert refused(answer, "invalid_client_metadata")


_TEXTS = st.text(max_size=30) | st.sampled_from([CALLBACK, "https://[", "openid", "none", "\0"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_MEMBERS = st.sampled_from(
    [
        *("redirect_uris", "response_types", "grant_types", "application_type", "contacts"),
        *("client_name", "client_name#en", "scope", "jwks", "default_max_age", "request_uris"),
        *("token_endpoint_auth_method", "subject_type", "default_acr_values", "require_auth_time"),
        *("id_token_signed_response_alg", *FETCHED[:2], *OPENED),
    ]
)


class TestWhatever(TestCase):
    """Whatever a program says, it is answered: never by a fault of ours."""

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(members=st.dictionaries(_MEMBERS, _VALUES, max_size=5))
    def test_no_metadata_is_a_fault_of_ours(self, members: dict[str, Any]) -> None:
        registrar = Registrar.allowed()
        answer = registrar.post(json.dumps({**METADATA, **members}))
        assert answer.status_code in {201, 400}
        told = body(answer)
        if answer.status_code == 400:
            assert set(told) == {"error", "error_description"}
            assert all(" " <= one <= "~" and one not in '"\\' for one in told["error_description"])
