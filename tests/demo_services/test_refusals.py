"""Nobody is signed in by an answer that fails one check."""

import base64
import json
import time
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.demo_services.conftest import Visitor
from tests.demo_services.fake_provider import CLIENT_SECRET, FakeProvider, Forger, new_key


def unsigned(claims: dict[str, Any]) -> str:
    """Return a JWT of algorithm "none"."""
    parts = ({"alg": "none"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    return b".".join(encoded).decode() + "."


def under_the_secret(claims: dict[str, Any]) -> str:
    """Return a JWT that anyone who knows the client secret could make."""
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET))


def under_a_strange_key(claims: dict[str, Any]) -> str:
    """Return a JWT whose key has a known name but is another."""
    return jwt.encode({"alg": "ES256", "kid": "first"}, claims, new_key("first"))


def come_back(visitor: Visitor, **changes: str) -> httpx.Response:
    """Go to the provider, return with its answer changed, and check that nobody is signed in."""
    page = visitor.get(visitor.provider.consents(visitor.leaves(), **changes))
    assert "Sign in with Borough Login" in visitor.get("/").text
    return page


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "community-hub"},
        {"aud": ["community-hub"], "azp": "council-tax"},
        {"aud": None},
        {"iss": "http://evil.test"},
        {"iss": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"azp": "community-hub"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"sub": None},
    ],
    ids=str,
)
def test_wrong_claim_in_the_id_token(
    visitor: Visitor, provider: FakeProvider, wrong: dict[str, Any]
) -> None:
    provider.id_token = wrong
    page = come_back(visitor)
    assert page.status_code == 502
    assert "We stopped this sign-in to keep you safe" in page.text


@pytest.mark.parametrize("forger", [unsigned, under_the_secret, under_a_strange_key])
def test_forged_signature(visitor: Visitor, provider: FakeProvider, forger: Forger) -> None:
    provider.sign = forger
    assert come_back(visitor).status_code == 502


def test_id_token_that_is_no_token(visitor: Visitor, provider: FakeProvider) -> None:
    provider.sign = lambda _claims: "a.b"
    assert come_back(visitor).status_code == 502


def test_userinfo_about_somebody_else(visitor: Visitor, provider: FakeProvider) -> None:
    provider.userinfo_subject = "pairwise-2"
    assert come_back(visitor).status_code == 502


def test_userinfo_about_somebody_else_later_signs_out(
    visitor: Visitor, provider: FakeProvider
) -> None:
    visitor.signs_in()
    provider.userinfo_subject = "pairwise-2"
    assert visitor.get("/").status_code == 502
    provider.userinfo_subject = ""
    assert "Sign in with Borough Login" in visitor.get("/").text


def test_answer_from_another_issuer(visitor: Visitor, provider: FakeProvider) -> None:
    page = come_back(visitor, iss="http://evil.test")
    assert page.status_code == 400
    assert "did not come from Borough Login" in page.text
    assert "/token" not in provider.asked


def test_answer_without_issuer(visitor: Visitor) -> None:
    answer = visitor.provider.consents(visitor.leaves()).partition("&iss=")[0]
    assert visitor.get(answer).status_code == 400
    assert "Sign in with Borough Login" in visitor.get("/").text


def test_error_from_another_issuer_is_not_believed(visitor: Visitor) -> None:
    answer = visitor.provider.refuses(visitor.leaves(), "access_denied", iss="http://evil.test")
    page = visitor.get(answer)
    assert page.status_code == 400
    assert "access_denied" not in page.text


def test_answer_without_code(visitor: Visitor) -> None:
    assert come_back(visitor, code="").status_code == 400


@pytest.mark.parametrize("state", ["", "guessed", "\0", "é", "x" * 5000])
def test_unknown_state(visitor: Visitor, provider: FakeProvider, state: str) -> None:
    page = come_back(visitor, state=state)
    assert page.status_code == 400
    assert "This sign-in can no longer be used" in page.text
    assert "/token" not in provider.asked


def test_answer_to_another_browser(visitor: Visitor) -> None:
    answer = visitor.provider.consents(visitor.leaves())
    visitor.cookies.clear()
    assert visitor.get(answer).status_code == 400


def test_answer_used_twice(visitor: Visitor) -> None:
    answer = visitor.provider.consents(visitor.leaves())
    assert visitor.get(answer).status_code == 303
    again = visitor.get(answer)
    assert again.status_code == 400
    assert "This sign-in can no longer be used" in again.text
    assert "You are signed in" in visitor.get("/").text


def test_answer_with_a_parameter_twice(visitor: Visitor, provider: FakeProvider) -> None:
    answer = provider.consents(visitor.leaves())
    page = visitor.get(answer.replace("?", "?code=other&"))
    assert page.status_code == 400
    assert "We could not understand that request" in page.text
    assert "/token" not in provider.asked


def test_code_that_the_provider_does_not_know(visitor: Visitor) -> None:
    page = come_back(visitor, code="guessed")
    assert page.status_code == 400
    assert "<code>invalid_grant</code>" in page.text
    assert "&lt;b&gt;No&lt;/b&gt; such code" in page.text


def test_discovery_of_another_issuer(visitor: Visitor, provider: FakeProvider) -> None:
    provider.issuer = "http://evil.test"
    assert visitor.get("/sign-in").status_code == 502


def test_provider_that_talks_nonsense(visitor: Visitor, provider: FakeProvider) -> None:
    provider.garbled = True
    assert visitor.get("/sign-in").status_code == 503


def test_provider_going_down_between_two_steps(visitor: Visitor, provider: FakeProvider) -> None:
    answer = provider.consents(visitor.leaves())
    provider.down = True
    page = visitor.get(answer)
    assert page.status_code == 503
    assert "Start again" in page.text


def test_choosing_not_to_share(visitor: Visitor) -> None:
    location = visitor.leaves()
    page = visitor.get(
        visitor.provider.refuses(location, "access_denied", error_description="<i>No</i>")
    )
    assert page.status_code == 200
    assert "You chose not to share your details" in page.text
    assert "Ring us on" in page.text
    assert "&lt;i&gt;No&lt;/i&gt;" in page.text


def test_having_no_way_to_sign_in_that_is_strong_enough(visitor: Visitor) -> None:
    location = visitor.leaves()
    page = visitor.get(visitor.provider.refuses(location, "unmet_authentication_requirements"))
    assert page.status_code == 200
    assert "You need another way to sign in to use this" in page.text
    assert "Start again" in page.text


def test_other_error_of_the_provider(visitor: Visitor) -> None:
    page = visitor.get(visitor.provider.refuses(visitor.leaves(), "temporarily_unavailable"))
    assert page.status_code == 400
    assert "<code>temporarily_unavailable</code>" in page.text
