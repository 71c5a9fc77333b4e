"""Plan Dynamic: redirect URIs."""

from uuid import uuid4

from tests.protocol.conformance import registration
from tests.protocol.conformance.browser import Browser, is_error_page
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import Json

PLANS = ("dynamic",)


def test_oidcc_ensure_redirect_uri_in_authorization_request(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """Two URIs registered, on two hosts, and none sent: an error page, no redirect."""
    here = f"{conforming.site.origin}/{uuid4().hex}"
    rp = register(redirect_uris=[f"{here}/callback", "https://example.org/redirect"])
    assert is_error_page(rp.ask(agent, rp.request(redirect_uri=None)))


def test_oidcc_redirect_uri_query_ok(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """A registered ?bar=foo works, and is kept in the callback."""
    rp = register(redirect_uris=[f"{conforming.site.origin}/{uuid4().hex}/callback?bar=foo"])
    done = rp.sign_in(agent)
    assert done.stop.callback.query["bar"] == ["foo"]
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]


def test_oidcc_redirect_uri_query_mismatch(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """Another query than the registered one: an error page."""
    here = f"{conforming.site.origin}/{uuid4().hex}/callback"
    rp = register(redirect_uris=[f"{here}?foo=bar"])
    assert is_error_page(rp.ask(agent, rp.request(redirect_uri=f"{here}?bar=foo")))


def test_oidcc_redirect_uri_query_added(register: Register, agent: Browser) -> None:
    """A query where none is registered: an error page."""
    rp = register()
    assert is_error_page(rp.ask(agent, rp.request(redirect_uri=f"{rp.redirect_uri}?foo=bar")))


def test_oidcc_redirect_uri_regfrag(conforming: Provider, usual_metadata: Json) -> None:
    """A redirect URI with a #fragment is refused: 400, JSON, invalid_redirect_uri."""
    uris = [f"{uri}#foobar" for uri in usual_metadata["redirect_uris"]]
    answer = registration.ask(conforming, usual_metadata | {"redirect_uris": uris})
    assert registration.is_refused(answer, "invalid_redirect_uri")
