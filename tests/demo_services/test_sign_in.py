"""Signing in when everybody does what they should."""

from urllib.parse import parse_qs, urlsplit

from tests.demo_services.conftest import Visitor
from tests.demo_services.fake_provider import CLIENT_ID, ISSUER, FakeProvider, new_key


def test_request_has_state_nonce_and_s256_challenge(visitor: Visitor) -> None:
    sent = urlsplit(visitor.leaves())
    asked = parse_qs(sent.query)
    assert f"{sent.scheme}://{sent.netloc}{sent.path}" == f"{ISSUER}/authorize"
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8001/callback"]
    assert asked["scope"] == ["openid profile email"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))


def test_no_two_requests_share_a_value(visitor: Visitor) -> None:
    first, second = (parse_qs(urlsplit(visitor.leaves()).query) for _ in range(2))
    assert not {"state", "nonce", "code_challenge"} & {n for n in first if first[n] == second[n]}


def test_signed_in_page_names_the_person_and_what_was_received(visitor: Visitor) -> None:
    page = visitor.signs_in().text
    assert "You are signed in as Ada Lovelace" in page
    assert '<td id="detail-email">ada@example.org</td>' in page
    assert '<td id="sign-in-sub">pairwise-1</td>' in page
    assert '<td id="sign-in-sid">session-1</td>' in page
    assert '<a href="http://127.0.0.1:8002">Riverside Community Hub</a>' in page


def test_details_are_asked_for_at_every_view(visitor: Visitor, provider: FakeProvider) -> None:
    visitor.signs_in()
    provider.details["name"] = "Ada King"
    assert "You are signed in as Ada King" in visitor.get("/").text


def test_details_are_escaped(visitor: Visitor, provider: FakeProvider) -> None:
    provider.details["name"] = "<script>alert(1)</script>"
    page = visitor.signs_in().text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_person_who_shared_no_name_still_gets_in(visitor: Visitor, provider: FakeProvider) -> None:
    provider.details = {}
    assert "<h1>You are signed in</h1>" in visitor.signs_in().text


def test_keys_are_fetched_again_after_a_rotation(visitor: Visitor, provider: FakeProvider) -> None:
    visitor.signs_in()
    provider.keys.insert(0, new_key("second"))
    assert "You are signed in" in visitor.signs_in().text


def test_tokens_never_reach_the_browser(visitor: Visitor) -> None:
    page = visitor.signs_in()
    everything = page.text + str(page.headers) + str(visitor.cookies)
    assert "eyJ" not in everything
    assert "access" not in str(visitor.cookies)


def test_signing_in_changes_the_cookie(visitor: Visitor) -> None:
    location = visitor.leaves()
    before = visitor.cookies["council-tax-visit"]
    visitor.get(visitor.provider.consents(location))
    after = visitor.cookies["council-tax-visit"]
    assert before != after
    visitor.cookies.set("council-tax-visit", before, domain="127.0.0.1")
    assert "You are signed in" not in visitor.get("/").text


def test_provider_may_start_after_the_service(visitor: Visitor, provider: FakeProvider) -> None:
    provider.down = True
    page = visitor.get("/sign-in")
    assert page.status_code == 503
    assert "We cannot reach Borough Login" in page.text
    provider.down = False
    assert "You are signed in" in visitor.signs_in().text
