"""Plans Basic and Form Post Basic: what a person is asked again, and what not."""

from tests.protocol.conformance.browser import Browser, heading
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import NEEDS_SOMEBODY, RelyingParty

PLANS = ("basic", "formpost-basic")


def test_oidcc_prompt_login(conforming: Provider, rp: RelyingParty, agent: Browser) -> None:
    """A second request with prompt=login shows the sign-in page again; auth_time is later."""
    first = rp.sign_in(agent)
    conforming.wait(2)
    second = rp.sign_in(agent, prompt="login")
    assert shows_sign_in(second.stop.page_before("sign-in").status_code, second.stop.pressed)
    assert heading(second.stop.page_before("sign-in")).startswith("Sign in to ")
    assert second.claims["sub"] == first.claims["sub"]
    assert second.claims["auth_time"] > first.claims["auth_time"]


def test_oidcc_prompt_none_not_logged_in(rp: RelyingParty, agent: Browser) -> None:
    """prompt=none where nobody is signed in: an error that says so.

    It comes by a redirect, with the state of 128 characters as it was.
    """
    asked = rp.request(prompt="none")
    assert len(asked["state"]) == 128
    stop = rp.ask(agent, asked)
    rp.refusal(asked, stop, *NEEDS_SOMEBODY)
    assert asks_nothing(stop.pressed)


def test_oidcc_prompt_none_logged_in(rp: RelyingParty, agent: Browser) -> None:
    """A second request with prompt=none succeeds unseen: the same sub and auth_time."""
    first = rp.sign_in(agent)
    second = rp.sign_in(agent, prompt="none")
    assert asks_nothing(second.stop.pressed)
    assert second.claims["sub"] == first.claims["sub"]
    assert second.claims["auth_time"] == first.claims["auth_time"]


def test_oidcc_max_age_1(conforming: Provider, rp: RelyingParty, agent: Browser) -> None:
    """max_age=1, 2 s after a sign-in: the sign-in page again; auth_time is there, later, recent."""
    first = rp.sign_in(agent)
    conforming.wait(2)
    began = conforming.now()
    second = rp.sign_in(agent, max_age="1")
    assert shows_sign_in(second.stop.page_before("sign-in").status_code, second.stop.pressed)
    assert second.claims["sub"] == first.claims["sub"]
    assert second.claims["auth_time"] > first.claims["auth_time"]
    assert began <= second.claims["auth_time"] <= second.claims["iat"]


def test_oidcc_max_age_10000(conforming: Provider, rp: RelyingParty, agent: Browser) -> None:
    """max_age=15000, then 10000: no second sign-in; auth_time is in both ID tokens, and equal."""
    first = rp.sign_in(agent, max_age="15000")
    conforming.wait(2)
    second = rp.sign_in(agent, max_age="10000")
    assert asks_nothing(second.stop.pressed)
    assert second.claims["sub"] == first.claims["sub"]
    assert second.claims["auth_time"] == first.claims["auth_time"]


def test_oidcc_id_token_hint(rp: RelyingParty, agent: Browser) -> None:
    """prompt=none with the first sign-in's ID token as a hint succeeds: the same sub."""
    first = rp.sign_in(agent)
    second = rp.sign_in(agent, prompt="none", id_token_hint=first.tokens["id_token"])
    assert asks_nothing(second.stop.pressed)
    assert second.claims["sub"] == first.claims["sub"]


def asks_nothing(pressed: list[str]) -> bool:
    """Say whether nothing was pressed but, without scripts, the way back by form_post."""
    return set(pressed) <= {"continue"}


def shows_sign_in(status: int, pressed: list[str]) -> bool:
    """Say whether the person met the sign-in page, once."""
    return status == 200 and pressed.count("sign-in") == 1
