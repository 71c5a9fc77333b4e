"""A website behind Debian's mod_auth_openidc: people sign in, stay, and are signed out."""

import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.interop.apache.browser import Browser
from tests.interop.apache.conftest import Sites
from tests.interop.public import Public

pytestmark = [pytest.mark.served, pytest.mark.once]

# The worker may be busy, and tries again after five seconds.
SECONDS = 60


def _in_time(done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("name", ["secret", "signer"])
def test_it_signs_in_and_hands_the_claims_to_its_page(
    visitor: Browser, sites: Sites, name: str
) -> None:
    site = getattr(sites, name)
    asked = parse_qs(urlsplit(visitor.http.get(site.url).headers["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]

    page = visitor.sign_in(site)
    assert page.text == "<h1>A page for residents</h1>"
    assert page.headers["OIDC_CLAIM_iss"] == visitor.public.issuer
    assert page.headers["OIDC_CLAIM_aud"] == site.client_id
    assert page.headers["OIDC_CLAIM_email"] == visitor.public.person["sign_in_name"]
    assert page.headers["OIDC_CLAIM_email_verified"] == "1"


def test_two_sites_know_one_person_by_two_names(visitor: Browser, sites: Sites) -> None:
    first = visitor.sign_in(sites.secret).headers
    asked = len(visitor.resident.steps)
    second = visitor.sign_in(sites.signer).headers
    assert "/sign-in" not in visitor.resident.steps[asked:]
    assert first["OIDC_CLAIM_sub"] != second["OIDC_CLAIM_sub"]
    assert first["OIDC_CLAIM_sid"] != second["OIDC_CLAIM_sid"]


def test_a_code_that_somebody_else_brings_is_refused(
    visitor: Browser, sites: Sites, public: Public
) -> None:
    """The module is a judge: it takes no answer to a question that this browser did not ask."""
    back = visitor.resident.travel(sites.signer.url, f"{sites.signer.callback}?")
    with public.client() as other:
        other.get(back)
        assert sites.signer.name not in other.cookies
        assert not other.get(sites.signer.url).is_success


def test_it_refreshes_again_and_again(visitor: Browser, sites: Sites) -> None:
    site = sites.secret
    first = visitor.sign_in(site).headers
    tokens = [first["OIDC_access_token"]]
    for _time in range(2):
        answer = visitor.ask(site, refresh=site.url, access_token=tokens[-1])
        assert answer.headers["Location"] == site.url  # with ?error_code=… where it failed
        page = visitor.http.get(site.url).headers
        assert page["OIDC_CLAIM_sub"] == first["OIDC_CLAIM_sub"]
        tokens.append(page["OIDC_access_token"])
    assert len(set(tokens)) == 3

    userinfo = f"{visitor.public.issuer}/userinfo"
    newest = {"Authorization": f"Bearer {tokens[-1]}"}
    details = visitor.http.get(userinfo, headers=newest).raise_for_status().json()
    assert details["sub"] == first["OIDC_CLAIM_sub"]


def test_signing_out_at_the_site_ends_the_session_at_the_provider(
    visitor: Browser, sites: Sites
) -> None:
    """RP-Initiated Logout §2, §3."""
    site = sites.signer
    visitor.sign_in(site)
    session = visitor.session_at(site)
    leaving = visitor.ask(site, logout=site.signed_out).headers["Location"]
    assert leaving.startswith(f"{visitor.public.issuer}/logout?id_token_hint=")
    assert visitor.resident.travel(leaving, site.signed_out) == site.signed_out

    assert not visitor.shows(site, session)
    # Nor is anybody signed in there any more: whoever comes again is asked for a password.
    again = visitor.http.get(site.url, follow_redirects=True)
    assert again.url.path == "/sign-in"


def test_a_sign_out_elsewhere_reaches_it_by_the_browser(visitor: Browser, sites: Sites) -> None:
    """Front-Channel Logout §2, §3: it has no other way to hear of it."""
    visitor.sign_in(sites.secret)
    visitor.sign_in(sites.signer)
    session = visitor.session_at(sites.secret)
    leaving = visitor.ask(sites.signer, logout=sites.signer.signed_out).headers["Location"]

    page = visitor.http.get(leaving).raise_for_status()
    assert visitor.shows(sites.secret, session)
    (frame,) = visitor.load_frames(page)
    assert frame.is_success
    assert not visitor.shows(sites.secret, session)
    assert f'href="{sites.signer.signed_out}"' in page.text


def test_an_end_that_no_browser_hears_of_reaches_it_from_the_provider(
    visitor: Browser, sites: Sites
) -> None:
    """Back-Channel Logout §2.5 to §2.8: by the worker, to an address that an operator allowed."""
    visitor.sign_in(sites.secret)
    visitor.sign_in(sites.signer)
    told, untold = visitor.session_at(sites.signer), visitor.session_at(sites.secret)
    assert visitor.shows(sites.signer, told)

    name = visitor.public.person["sign_in_name"]
    visitor.public.served.manage("account", "end-sessions", name)
    assert _in_time(lambda: not visitor.shows(sites.signer, told))
    # Nobody told this one: it was the message that ended the other.
    assert visitor.shows(sites.secret, untold)


def test_of_two_sessions_only_the_one_that_was_left_ends(
    visitor: Browser, other_visitor: Browser, sites: Sites
) -> None:
    """Back-Channel Logout §2.4: the `sid` says which."""
    for each in (visitor, other_visitor):
        each.sign_in(sites.signer)
    left, kept = visitor.session_at(sites.signer), other_visitor.session_at(sites.signer)
    assert left != kept

    visitor.sign_in(sites.secret)
    leaving = visitor.ask(sites.secret, logout=sites.secret.signed_out).headers["Location"]
    visitor.http.get(leaving).raise_for_status()
    assert _in_time(lambda: not visitor.shows(sites.signer, left))
    assert other_visitor.shows(sites.signer, kept)
