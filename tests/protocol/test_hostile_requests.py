"""Whatever an authorization request holds: never a server error, never a strange address."""

import json
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clients.applications.addresses.rules import address_problem
from idp.oidc.authorize.redirect_uri import form_action, form_target, is_registered
from idp.oidc.errors import ErrorCode
from tests import factories
from tests.factories import REDIRECT_URI
from tests.protocol.forms import forms
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, Response, parameters
from tests.protocol.signed_requests import ask, wish
from tests.protocol.signing import SigningPartner

OURS = ("/sign-in", "/sign-up", "/authorize/", "/authorize?", "/consent")
NAMES = (
    *("client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce"),
    *("code_challenge", "code_challenge_method", "prompt", "max_age", "acr_values", "vtr"),
    *("claims", "login_hint", "id_token_hint", "ui_locales", "claims_locales", "display"),
    *("request", "request_uri", "registration", "resource", "unknown"),
)
GOOD = (
    *("code", "openid", "form_post", "query", "none", "login create", "0", "S256", '["Cl"]'),
    *(
        "phr",
        "{}",
        '{"id_token": {"acr": null}}',
        "urn:ietf:params:oauth:request_uri:x",
        "e30.e30.",
    ),
    *("https://evil.example/", f"{REDIRECT_URI}@evil.example", f"{REDIRECT_URI}/../x", "//evil"),
    *(f"{REDIRECT_URI}#x", f"{REDIRECT_URI}\r\nLocation: https://evil.example", "javascript:x"),
    *("\ud7ff", "\u202e", "\0", "\r\n", "%", "\u2028", "x" * 3000),
)
TEXTS = st.sampled_from(GOOD) | st.text(max_size=80)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
# The database is the same for every example; what they leave in it changes nothing for the next.
hostile = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def stays_home(response: Response, registered: str = REDIRECT_URI) -> bool:
    """Say whether the answer is a page of ours, or leads to us or where the application is."""
    assert response.status_code in {200, 303, 400, 429}, response.status_code
    if response.status_code == 303:
        address = response["Location"]
        assert address.startswith((f"{registered}?", *OURS)), address
        assert not {"\r", "\n"} & set(address)
    for form in forms(response.content.decode()):
        assert form.action in {"", registered} or form.action.startswith("/")
    return True


class TestQuery:
    """The whole query, as a browser brings it."""

    @hostile
    @given(changes=st.dictionaries(st.sampled_from(NAMES), TEXTS | st.none(), max_size=4))
    def test_any_values_beside_good_ones(
        self, resident: Resident, partner: Partner, changes: dict[str, str | None]
    ) -> None:
        query = urlencode(parameters(partner.application, **changes))
        assert stays_home(resident.client.get(f"/authorize?{query}"))

    @hostile
    @given(changes=st.dictionaries(st.sampled_from(NAMES), TEXTS | st.none(), max_size=4))
    def test_the_same_posted_and_pushed(
        self, resident: Resident, partner: Partner, changes: dict[str, str | None]
    ) -> None:
        wanted = parameters(partner.application, **changes)
        assert stays_home(resident.submit("/authorize", wanted))
        answer = partner.post("/par", wanted)
        if answer.status_code != 201:
            assert answer.status_code in {400, 401, 429}
            assert body(answer)["error"] in set(ErrorCode)

    @hostile
    @given(raw=st.binary(max_size=200), more=st.booleans(), escaped=st.booleans())
    def test_any_bytes(
        self, resident: Resident, partner: Partner, raw: bytes, *, more: bool, escaped: bool
    ) -> None:
        good = urlencode(parameters(partner.application)) if more else ""
        text = quote_from_bytes(raw, safe="&=+") if escaped else raw.decode("latin-1")
        response = resident.client.get("/authorize", QUERY_STRING=f"{good}&{text}")
        assert stays_home(response)


class TestRequestObjects:
    """Whatever an application signs, or seems to have signed."""

    @pytest.fixture
    def signer(self) -> SigningPartner:
        return SigningPartner.keyed()

    @hostile
    @given(
        changes=st.dictionaries(st.sampled_from([*NAMES, "iss", "aud", "exp"]), JSON, max_size=4)
    )
    def test_any_claims_beside_good_ones(
        self, resident: Resident, signer: SigningPartner, changes: dict[str, Any]
    ) -> None:
        token = signer.key.sign({**wish(signer), **changes})
        assume(len(token) < 12_000)
        assert stays_home(ask(resident, signer, request=token))

    @hostile
    @given(claims=JSON, header=JSON)
    def test_any_json(
        self, resident: Resident, signer: SigningPartner, claims: object, header: object
    ) -> None:
        for head in (json.dumps({"alg": "ES256", "kid": "one"}), json.dumps(header)):
            token = signer.key.sign_text(head, json.dumps(claims))
            assume(len(token) < 12_000)
            assert stays_home(ask(resident, signer, request=token))

    @hostile
    @given(token=st.text(max_size=200) | st.from_regex(r"[\w.-]{0,200}"))
    def test_any_text(self, resident: Resident, signer: SigningPartner, token: str) -> None:
        assert stays_home(ask(resident, signer, request=token, redirect_uri=REDIRECT_URI))

    @hostile
    @given(uri=TEXTS)
    def test_any_request_uri(self, resident: Resident, signer: SigningPartner, uri: str) -> None:
        assert stays_home(ask(resident, signer, request_uri=uri))


class TestRedirectUris:
    """RFC 9700 §4.1.3: nothing but what is registered, however much it looks like it."""

    LOOPBACK = "http://127.0.0.1/cb"

    @hostile
    @given(
        before=st.text(max_size=10),
        after=st.text(max_size=10),
        native=st.booleans(),
    )
    def test_what_is_added_anywhere_makes_it_another(
        self, before: str, after: str, *, native: bool
    ) -> None:
        assume(before or after)
        assert not is_registered(before + REDIRECT_URI + after, [REDIRECT_URI], native=native)

    @hostile
    @given(between=st.text(max_size=12))
    def test_between_host_and_path_only_a_port_may_stand(self, between: str) -> None:
        asked = f"http://127.0.0.1{between}/cb"
        if is_registered(asked, [self.LOOPBACK], native=True):
            port = between.removeprefix(":")
            assert asked == self.LOOPBACK or (port.isascii() and port.isdigit())

    @hostile
    @given(tail=st.text("ab0._~!$&'()*+,;=:@/?-%[]#| ", max_size=20))
    def test_no_address_that_can_be_registered_writes_into_the_policy(self, tail: str) -> None:
        uri = f"https://service.example.org/{tail}"
        if address_problem(uri, loopback=True) is not None:
            return
        for source in (form_action(uri), form_target(uri)):
            assert not set(source) & set(" ;,\t\r\n"), source

    def test_one_with_every_character_that_a_path_may_hold_is_answered(
        self, resident: Resident
    ) -> None:
        uri = "https://service.example.org/a-._~!$&'()*+,;=:@%2F?x=/?:@!$&'()*+,;="
        application = factories.application(redirect_uris=uri)
        for mode in ("query", "form_post"):
            page = resident.ask(application, redirect_uri=uri, prompt="none", response_mode=mode)
            if mode == "query":
                assert page["Location"].startswith(f"{uri}&error=login_required")
            else:
                assert [form.action for form in forms(page.content.decode())] == [uri]
