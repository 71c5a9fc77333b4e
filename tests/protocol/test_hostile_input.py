"""Whatever is sent to a machine endpoint, the answer is a registered refusal: never a 500."""

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idp.models import EventStream
from idp.oidc.errors import ErrorCode
from tests import factories
from tests.protocol.partner import FORM, Partner, basic, body
from tests.protocol.receiver import Receiver

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

STREAMS = (
    *("/ssf/stream", "/ssf/status", "/ssf/subjects/add", "/ssf/subjects/remove"),
    *("/ssf/verify", "/ssf/poll"),
)
POSTED = (
    *("/token", "/userinfo", "/revoke", "/introspect", "/par", "/device-authorization"),
    "/old-user-ids",
)
NAMES = st.sampled_from(
    [
        *("grant_type", "code", "redirect_uri", "code_verifier", "refresh_token"),
        *("scope", "token", "resource", "access_token", "old_user_id"),
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            *("authorization_code", "refresh_token", "client_credentials"),
            *("%00", "%ff", "%ed%a0%80", "\u202e"),
        ]
    ),
    st.text(max_size=200),
)
HEADERS = st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=300).map(
    lambda text: text.replace("\r", "").replace("\n", "")
)

# The database is the same for every example; the examples change nothing in it.
hostile = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def http() -> Client:
    return Client(headers={"host": "localhost"})


def assert_registered(response: "Answer") -> None:
    assert response.status_code in {400, 401, 403, 405, 429}, response.content
    parsed = body(response)
    assert parsed["error"] in set(ErrorCode)
    assert parsed["error_description"].isascii()
    assert response["Cache-Control"] == "no-store"


@hostile
@given(path=st.sampled_from(POSTED), raw=st.binary(max_size=500))
def test_any_bytes_as_a_form(http: Client, path: str, raw: bytes) -> None:
    assert_registered(http.post(path, raw, content_type=FORM))


@hostile
@given(path=st.sampled_from(POSTED), header=HEADERS)
def test_any_authorization_header(http: Client, path: str, header: str) -> None:
    response = http.post(path, b"token=x", content_type=FORM, headers={"Authorization": header})
    assert_registered(response)


@hostile
@given(path=st.sampled_from(POSTED), pair=st.binary(max_size=200))
def test_any_pair_in_basic(http: Client, path: str, pair: bytes) -> None:
    header = {"Authorization": f"Basic {b64encode(pair).decode()}"}
    assert_registered(http.post(path, b"token=x", content_type=FORM, headers=header))


@hostile
@given(fields=st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_values_from_a_known_application(partner: Partner, fields: dict[str, str]) -> None:
    assert_registered(partner.post("/token", fields))


@hostile
@given(fields=st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_values_from_a_known_program(fields: dict[str, str]) -> None:
    program = Partner.confidential(grant_types=["client_credentials"], scopes=[])
    factories.resource(program.application)
    fields = {"grant_type": "client_credentials", **fields}
    assert_registered(program.post("/token", fields))


@hostile
@given(token=VALUES)
def test_any_token_to_introspect_is_inactive_or_absent(partner: Partner, token: str) -> None:
    response = partner.post("/introspect", {"token": token})
    if response.status_code == 200:
        assert body(response) == {"active": False}
    else:
        assert_registered(response)


@hostile
@given(token=VALUES)
def test_any_token_to_revoke_is_a_success_or_absent(partner: Partner, token: str) -> None:
    response = partner.revoke(token)
    if response.status_code != 200:
        assert_registered(response)


@hostile
@given(query=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300))
def test_any_query(http: Client, query: str) -> None:
    response = http.get("/userinfo", query_string=query.replace("#", ""))
    assert_registered(response)


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("size", [10**5, 10**6])
def test_a_huge_parameter_is_refused_unread(http: Client, path: str, size: int) -> None:
    response = http.post(path, b"access_token=" + b"a" * size, content_type=FORM)
    assert_registered(response)


def test_ten_thousand_scopes_are_refused(partner: Partner) -> None:
    scope = " ".join(f"s{number}" for number in range(10_000))
    assert_registered(partner.refresh("x", scope=scope))


def test_a_token_nested_a_hundred_levels_deep_is_refused(partner: Partner) -> None:
    deep = b64encode(b"[" * 3000 + b"]" * 3000).decode().rstrip("=").replace("+", "-")
    assert partner.userinfo(f"{deep}.{deep}.{deep}").status_code == 401
    assert partner.userinfo(f"e30.{deep[:4000]}.e30").status_code == 401
    asked = partner.post("/introspect", {"token": f"{deep[:2000]}.{deep[:2000]}.e30"})
    assert body(asked) == {"active": False}


def test_basic_credentials_may_be_any_text_that_a_secret_is_not(partner: Partner) -> None:
    for secret in ("x" * 1000, "ü", "%", "a:b", "\u2028", "😀"):
        header = basic(partner.application.client_id, secret)
        assert_registered(partner.raw("/token", "grant_type=x", Authorization=header))


MEMBERS = st.sampled_from(
    [
        *("stream_id", "delivery", "method", "endpoint_url", "authorization_header", "description"),
        *("events_requested", "aud", "iss", "status", "reason", "subject", "format", "sub"),
        *("state", "verified", "maxEvents", "returnImmediately", "ack", "setErrs", "err"),
    ]
)
WORDS = st.sampled_from(
    [
        *("urn:ietf:rfc:8935", "urn:ietf:rfc:8936", "iss_sub", "email", "paused", "\u202e"),
        *("https://receiver.example.org/", "https://10.0.0.1/", "http://[", "\0", "\ud800"),
    ]
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.text(max_size=60)
)
DOCUMENTS = st.dictionaries(
    MEMBERS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(MEMBERS, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=8,
)


@pytest.fixture
def receiver() -> Receiver:
    made = Receiver.new()
    made.made_stream()
    return made


@hostile
@given(
    path=st.sampled_from(STREAMS),
    method=st.sampled_from(["GET", "POST", "PATCH", "PUT"]),
    document=DOCUMENTS,
    is_own=st.booleans(),
)
def test_any_document_about_a_stream(
    receiver: Receiver, path: str, method: str, document: dict[str, object], *, is_own: bool
) -> None:
    if is_own:
        stream = EventStream.objects.get(application=receiver.application)
        document = {**document, "stream_id": str(stream.pk)}
    response = receiver.call(method, path, document)
    if response.status_code not in {200, 204, 404, 409}:
        assert_registered(response)


@hostile
@given(path=st.sampled_from(STREAMS), raw=st.binary(max_size=500))
def test_any_bytes_about_a_stream(receiver: Receiver, path: str, raw: bytes) -> None:
    response = receiver.call("POST", path, raw)
    # A stream may be asked for by an object that says nothing.
    if response.status_code not in {200, 409}:
        assert_registered(response)
