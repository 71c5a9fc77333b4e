"""Signing out here, and at the provider with it."""

from urllib.parse import parse_qs, urlsplit

from tests.demo_services.conftest import Visitor
from tests.demo_services.fake_provider import CLIENT_ID, ISSUER


def test_leads_to_the_provider_with_a_hint_and_a_state(visitor: Visitor) -> None:
    visitor.signs_in()
    sent = urlsplit(visitor.signs_out().headers["location"])
    asked = parse_qs(sent.query)
    assert f"{sent.scheme}://{sent.netloc}{sent.path}" == f"{ISSUER}/logout"
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["post_logout_redirect_uri"] == ["http://127.0.0.1:8001/signed-out"]
    assert asked["id_token_hint"][0].startswith("eyJ")
    assert len(asked["state"][0]) >= 20


def test_ends_the_sign_in_here_at_once(visitor: Visitor) -> None:
    visitor.signs_in()
    before = visitor.cookies["council-tax-visit"]
    visitor.signs_out()
    assert "Sign in with Borough Login" in visitor.get("/").text
    visitor.cookies.set("council-tax-visit", before, domain="127.0.0.1")
    assert "Sign in with Borough Login" in visitor.get("/").text


def test_coming_back_confirms_it(visitor: Visitor) -> None:
    visitor.signs_in()
    state = parse_qs(urlsplit(visitor.signs_out().headers["location"]).query)["state"][0]
    page = visitor.get("/signed-out", params={"state": state}).text
    assert "You are signed out of Council Tax and of Borough Login" in page


def test_coming_back_with_another_state_confirms_nothing(visitor: Visitor) -> None:
    visitor.signs_in()
    visitor.signs_out()
    for state in ("", "guessed", "é"):
        page = visitor.get("/signed-out", params={"state": state}).text
        assert "did not begin here" in page


def test_a_link_to_the_confirmation_signs_nobody_out(visitor: Visitor) -> None:
    visitor.signs_in()
    assert visitor.get("/signed-out").headers["location"] == "/"
    assert "You are signed in" in visitor.get("/").text


def test_form_of_another_site_signs_nobody_out(visitor: Visitor) -> None:
    visitor.signs_in()
    for form in ({}, {"form_token": "guessed"}, {"form_token": "é"}):
        assert visitor.post("/sign-out", data=form).status_code == 403
    assert "You are signed in" in visitor.get("/").text


def test_link_signs_nobody_out(visitor: Visitor) -> None:
    visitor.signs_in()
    assert visitor.get("/sign-out").status_code == 405
    assert "You are signed in" in visitor.get("/").text
