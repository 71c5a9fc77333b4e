"""What the provider tells the service of people who sign in here (RFC 8935)."""

import time
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey

from tests.demo_services.conftest import Visitor
from tests.demo_services.fake_provider import (
    CLIENT_ID,
    EVENTS_TOKEN,
    ISSUER,
    FakeProvider,
    new_key,
)

CAEP = "https://schemas.openid.net/secevent/caep/event-type"
RISC = "https://schemas.openid.net/secevent/risc/event-type"
REVOKED = f"{CAEP}/session-revoked"
WITHDRAWN = f"{ISSUER}/events/consent-withdrawn"
LATER = 60


def _claims(provider: FakeProvider, uri: str = WITHDRAWN, **body: Any) -> dict[str, Any]:
    user = {"format": "iss_sub", "iss": ISSUER, "sub": provider.subject}
    session = {"format": "opaque", "id": "session-1"}
    theirs = {"format": "complex", "user": user, "session": session}
    return {
        "iss": ISSUER,
        "aud": CLIENT_ID,
        "iat": int(time.time()) + LATER,
        "jti": f"{uri}-1",
        "sub_id": theirs if uri == REVOKED else user,
        "events": {uri: body},
    }


def _push(visitor: Visitor, token: str, **headers: str) -> httpx.Response:
    usual = {
        "Content-Type": "application/secevent+jwt",
        "Authorization": f"Bearer {EVENTS_TOKEN}",
        # The provider is no browser: it has none of the visitor's cookies.
        "Cookie": "",
    }
    return visitor.post("/events", content=token, headers={**usual, **headers})


def _tell(visitor: Visitor, claims: dict[str, Any]) -> httpx.Response:
    return _push(visitor, visitor.provider.signed(claims, typ="secevent+jwt"))


def _is_signed_in(visitor: Visitor) -> bool:
    return "You are signed in" in visitor.get("/").text


def test_an_event_is_taken_and_shown_without_saying_whose_it_is(
    visitor: Visitor, provider: FakeProvider
) -> None:
    assert _tell(visitor, _claims(provider, extent="all")).status_code == 202
    page = visitor.get("/").text
    assert "Status events received" in page
    assert "Somebody stopped sharing with us" in page
    assert provider.subject not in page


def test_nothing_is_shown_before_anything_came(visitor: Visitor) -> None:
    assert "Status events received" not in visitor.get("/").text


@pytest.mark.parametrize(
    "uri, body",
    [
        (REVOKED, {}),
        (WITHDRAWN, {"extent": "all"}),
        (f"{RISC}/account-disabled", {}),
        (f"{RISC}/account-purged", {}),
    ],
)
def test_whom_it_tells_of_is_signed_out_here(
    visitor: Visitor, provider: FakeProvider, uri: str, body: dict[str, Any]
) -> None:
    visitor.signs_in()
    assert _tell(visitor, _claims(provider, uri, **body)).status_code == 202
    page = visitor.get("/").text
    assert "You are signed out" in page
    assert "Borough Login told us" in page


@pytest.mark.parametrize(
    "uri, body",
    [
        (WITHDRAWN, {"extent": "part", "scopes": ["email"], "claims": ["email"]}),
        (f"{CAEP}/credential-change", {"credential_type": "app", "change_type": "create"}),
        (f"{RISC}/account-enabled", {}),
        (f"{ISSUER}/events/of-tomorrow", {}),
    ],
)
def test_other_news_signs_nobody_out(
    visitor: Visitor, provider: FakeProvider, uri: str, body: dict[str, Any]
) -> None:
    visitor.signs_in()
    assert _tell(visitor, _claims(provider, uri, **body)).status_code == 202
    assert _is_signed_in(visitor)


def test_somebody_else_and_another_session_stay_signed_in(
    visitor: Visitor, provider: FakeProvider
) -> None:
    visitor.signs_in()
    other = _claims(provider)
    other["sub_id"] = {**other["sub_id"], "sub": "pairwise-2"}
    elsewhere = _claims(provider, REVOKED)
    elsewhere["sub_id"] = {
        **elsewhere["sub_id"],
        "session": {"format": "opaque", "id": "session-2"},
    }
    for claims in (other, elsewhere):
        assert _tell(visitor, claims).status_code == 202
    assert _is_signed_in(visitor)


def test_who_has_shared_again_since_stays_signed_in(
    visitor: Visitor, provider: FakeProvider
) -> None:
    """An event may come hours late."""
    visitor.signs_in()
    late = {**_claims(provider, extent="all"), "iat": int(time.time()) - LATER}
    assert _tell(visitor, late).status_code == 202
    assert _is_signed_in(visitor)


def test_a_second_try_of_the_same_event_is_taken_and_does_nothing(
    visitor: Visitor, provider: FakeProvider
) -> None:
    claims = _claims(provider, extent="all")
    _tell(visitor, claims)
    visitor.signs_in()
    assert _tell(visitor, claims).status_code == 202
    page = visitor.get("/").text
    assert "You are signed in" in page
    assert page.count('class="event"') == 1


def test_so_many_events_are_kept_at_most(visitor: Visitor, provider: FakeProvider) -> None:
    for number in range(25):
        _tell(visitor, {**_claims(provider, extent="all"), "jti": str(number)})
    assert visitor.get("/").text.count('class="event"') == 20


def _refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["err"])


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer guessed", f"Basic {EVENTS_TOKEN}"])
def test_a_sender_without_the_token_is_refused(
    visitor: Visitor, provider: FakeProvider, header: str
) -> None:
    token = provider.signed(_claims(provider), typ="secevent+jwt")
    answer = _push(visitor, token, Authorization=header)
    assert _refusal(answer) == (400, "authentication_failed")


def test_what_the_provider_did_not_sign_is_refused(
    visitor: Visitor, provider: FakeProvider
) -> None:
    visitor.signs_in()
    real, provider.keys = provider.keys, [new_key("first")]
    forged = provider.signed(_claims(provider, extent="all"), typ="secevent+jwt")
    provider.keys = real
    assert _refusal(_push(visitor, forged)) == (400, "invalid_request")
    assert _is_signed_in(visitor)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-service"},
        {"exp": 4102444800},
        {"events": {}},
        {"events": {REVOKED: {}, WITHDRAWN: {}}},
        {"events": "none"},
        {"jti": None},
    ],
)
def test_an_event_for_somebody_else_or_of_another_shape_is_refused(
    visitor: Visitor, provider: FakeProvider, change: dict[str, Any]
) -> None:
    visitor.signs_in()
    claims = {**_claims(provider, extent="all"), **change}
    assert _refusal(_tell(visitor, claims)) == (400, "invalid_request")
    assert _is_signed_in(visitor)


@pytest.mark.parametrize("typ", ["JWT", "at+jwt", "logout+jwt"])
def test_another_kind_of_token_is_no_event(
    visitor: Visitor, provider: FakeProvider, typ: str
) -> None:
    token = provider.signed(_claims(provider, extent="all"), typ=typ)
    assert _refusal(_push(visitor, token)) == (400, "invalid_request")


@pytest.mark.parametrize("body", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é", "="])
def test_what_is_no_token_is_refused(visitor: Visitor, body: str) -> None:
    assert _refusal(_push(visitor, body)) == (400, "invalid_request")


def test_a_form_is_no_event(visitor: Visitor, provider: FakeProvider) -> None:
    token = provider.signed(_claims(provider), typ="secevent+jwt")
    answer = _push(visitor, token, **{"Content-Type": "application/x-www-form-urlencoded"})
    assert _refusal(answer) == (400, "invalid_request")


def test_a_key_newer_than_those_that_were_fetched_is_asked_for(
    visitor: Visitor, provider: FakeProvider
) -> None:
    _tell(visitor, _claims(provider))
    newer: ECKey = new_key("second")
    provider.keys = [newer, *provider.keys]
    claims = {**_claims(provider), "jti": "2"}
    assert _tell(visitor, claims).status_code == 202


def test_while_the_provider_cannot_be_asked_for_its_keys_it_is_to_try_again(
    visitor: Visitor, provider: FakeProvider
) -> None:
    token = provider.signed(_claims(provider), typ="secevent+jwt")
    provider.down = True
    assert _push(visitor, token).status_code == 503
