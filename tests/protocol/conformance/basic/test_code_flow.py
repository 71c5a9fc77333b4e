"""Plans Basic and Form Post Basic: the code flow itself."""

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.id_tokens import verified
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import RelyingParty, is_invalid_grant

PLANS = ("basic", "formpost-basic")
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636 appendix B
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"


def test_oidcc_response_type_missing(rp: RelyingParty, agent: Browser) -> None:
    """Without response_type: an error page, or an error sent back.

    The error is invalid_request or unsupported_response_type, with the state.
    """
    asked = rp.request(response_type=None)
    rp.refusal(asked, rp.ask(agent, asked), "invalid_request", "unsupported_response_type")


def test_oidcc_idtoken_signature(conforming: Provider, rp: RelyingParty, agent: Browser) -> None:
    """A client that registered no algorithm gets RS256, with a kid."""
    assert "id_token_signed_response_alg" not in rp.sent
    header, _claims = verified(conforming, rp.sign_in(agent).tokens["id_token"])
    assert header["alg"] == "RS256"
    assert header["kid"]


def test_oidcc_ensure_request_without_nonce_succeeds_for_code_flow(
    rp: RelyingParty, agent: Browser
) -> None:
    """A code is issued without a nonce."""
    assert "nonce" not in rp.sign_in(agent, nonce=None).claims


def test_oidcc_alternate_happy_flow(rp: RelyingParty, agent: Browser) -> None:
    """Scope "email openid", and parameters in another order: works."""
    asked = rp.request(scope="email openid")
    turned = dict(reversed(asked.items()))
    assert list(turned) != list(asked)
    done = rp.finish(turned, rp.ask(agent, turned))
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]


def test_oidcc_codereuse(rp: RelyingParty, agent: Browser) -> None:
    """A code used a second time right away: 400 with JSON invalid_grant."""
    done = rp.sign_in(agent)
    assert is_invalid_grant(rp.redeem(done.code))


def test_oidcc_codereuse_30seconds(conforming: Provider, rp: RelyingParty, agent: Browser) -> None:
    """A code used again after 30 s: 400 with invalid_grant; the first access token is revoked."""
    done = rp.sign_in(agent)
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]
    conforming.wait(30)
    assert is_invalid_grant(rp.redeem(done.code))
    assert rp.ask_userinfo(done.access_token).status_code == 401


def test_oidcc_ensure_post_request_succeeds(
    conforming: Provider, rp: RelyingParty, agent: Browser
) -> None:
    """An authorization request posted as a form from another site works."""
    asked = rp.request()
    endpoint = conforming.metadata()["authorization_endpoint"]
    done = rp.finish(asked, agent.post_from_elsewhere(endpoint, asked))
    assert "sign-in" in done.stop.pressed
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]


def test_oidcc_server_client_secret_post(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The happy flow with client_secret_post, which is advertised."""
    methods = conforming.metadata()["token_endpoint_auth_methods_supported"]
    assert "client_secret_post" in methods
    rp = register(token_endpoint_auth_method="client_secret_post")
    assert rp.registered["token_endpoint_auth_method"] == "client_secret_post"
    done = rp.sign_in(agent)
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]


def test_oidcc_ensure_request_with_valid_pkce_succeeds(rp: RelyingParty, agent: Browser) -> None:
    """A request with an S256 challenge, redeemed with its verifier, works."""
    asked = rp.request(code_challenge=CHALLENGE, code_challenge_method="S256")
    done = rp.finish(asked, rp.ask(agent, asked), code_verifier=VERIFIER)
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]
