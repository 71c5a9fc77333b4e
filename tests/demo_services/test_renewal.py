"""Following what happens elsewhere: every page view asks, and a refusal is looked into once."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.demo_services.conftest import Visitor
from tests.demo_services.fake_provider import FakeProvider


def ended(visitor: Visitor) -> str:
    """Open the first page after the access token has ended; return where it leads."""
    visitor.provider.access_ended = True
    response = visitor.get("/")
    assert response.status_code == 303
    return response.headers["location"]


def test_renewal_asks_nothing_and_says_for_whom(visitor: Visitor) -> None:
    visitor.signs_in()
    asked = parse_qs(urlsplit(ended(visitor)).query)
    assert asked["prompt"] == ["none"]
    assert asked["id_token_hint"][0].startswith("eyJ")


def test_renewed_access_shows_the_page_again(visitor: Visitor, provider: FakeProvider) -> None:
    visitor.signs_in()
    location = ended(visitor)
    provider.access_ended = False
    assert visitor.get(provider.consents(location)).headers["location"] == "/"
    assert "You are signed in as Ada Lovelace" in visitor.get("/").text


@pytest.mark.parametrize(
    "error, words",
    [
        ("login_required", "You signed out of Borough Login or of another service"),
        ("consent_required", "must ask you again before it shares"),
        ("interaction_required", "has something to ask you"),
        ("server_error", "could not tell us that you are still signed in"),
    ],
)
def test_refused_renewal_signs_out_and_says_why(visitor: Visitor, error: str, words: str) -> None:
    visitor.signs_in()
    response = visitor.get(visitor.provider.refuses(ended(visitor), error))
    assert response.headers["location"] == "/"
    page = visitor.get("/").text
    assert "<h1>You are signed out</h1>" in page
    assert words in page
    assert "Ada" not in page


def test_renewal_is_tried_once(visitor: Visitor, provider: FakeProvider) -> None:
    visitor.signs_in()
    location = ended(visitor)
    provider.access_ended = False
    visitor.get(provider.consents(location))
    provider.access_ended = True
    assert visitor.get("/").headers["location"] == "/"
    assert "<h1>You are signed out</h1>" in visitor.get("/").text


def test_renewal_in_another_name_signs_out(visitor: Visitor, provider: FakeProvider) -> None:
    visitor.signs_in()
    location = ended(visitor)
    provider.access_ended = False
    provider.subject = "pairwise-2"
    visitor.get(provider.consents(location))
    assert "Someone else is now signed in" in visitor.get("/").text


def test_renewal_does_not_undo_a_sign_out(visitor: Visitor, provider: FakeProvider) -> None:
    visitor.signs_in()
    location = ended(visitor)
    provider.access_ended = False
    visitor.signs_out()
    assert visitor.get(provider.consents(location)).headers["location"] == "/"
    assert "Sign in with Borough Login" in visitor.get("/").text


def test_provider_down_keeps_the_visitor_but_shows_no_details(
    visitor: Visitor, provider: FakeProvider
) -> None:
    visitor.signs_in()
    provider.down = True
    page: httpx.Response = visitor.get("/")
    assert page.status_code == 503
    assert "Ada" not in page.text
    provider.down = False
    assert "You are signed in as Ada Lovelace" in visitor.get("/").text
