"""Plans Basic and Form Post Basic: parameters that are honoured or ignored, never refused."""

from secrets import token_hex

from tests.protocol.conformance.browser import Browser, is_error_page
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import RelyingParty, SignedIn

PLANS = ("basic", "formpost-basic")


def test_oidcc_display_page(rp: RelyingParty, agent: Browser) -> None:
    """display=page: no error."""
    assert works(rp, rp.sign_in(agent, display="page"))


def test_oidcc_display_popup(rp: RelyingParty, agent: Browser) -> None:
    """display=popup: no error."""
    assert works(rp, rp.sign_in(agent, display="popup"))


def test_oidcc_ensure_request_with_unknown_parameter_succeeds(
    rp: RelyingParty, agent: Browser
) -> None:
    """extra=foobar is ignored."""
    assert works(rp, rp.sign_in(agent, extra="foobar"))


def test_oidcc_login_hint(rp: RelyingParty, agent: Browser) -> None:
    """login_hint=buffy@host: no error."""
    assert works(rp, rp.sign_in(agent, login_hint="buffy@localhost"))


def test_oidcc_ui_locales(rp: RelyingParty, agent: Browser) -> None:
    """ui_locales=se, which nobody speaks here: no error."""
    assert works(rp, rp.sign_in(agent, ui_locales="se"))


def test_oidcc_claims_locales(rp: RelyingParty, agent: Browser) -> None:
    """claims_locales=se: no error."""
    assert works(rp, rp.sign_in(agent, claims_locales="se"))


def test_oidcc_ensure_request_with_acr_values_succeeds(
    conforming: Provider, rp: RelyingParty, agent: Browser
) -> None:
    """With all advertised acr_values: success, and acr is one of them."""
    advertised = conforming.metadata()["acr_values_supported"]
    done = rp.sign_in(agent, acr_values=" ".join(advertised))
    assert works(rp, done)
    assert done.claims["acr"] in advertised


def test_oidcc_ensure_registered_redirect_uri(
    conforming: Provider, rp: RelyingParty, agent: Browser
) -> None:
    """A redirect_uri with a random path added to the registered one: an error page, no redirect."""
    wrong = f"{rp.redirect_uri}/{token_hex(8)}"
    assert is_error_page(rp.ask(agent, rp.request(redirect_uri=wrong)))
    assert not conforming.site.received(wrong.removeprefix(conforming.site.origin))


def works(rp: RelyingParty, done: SignedIn) -> bool:
    """Say whether a sign-in led to an access token that tells of the same person."""
    return bool(rp.userinfo(done.access_token)["sub"] == done.claims["sub"])
