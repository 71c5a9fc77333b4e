"""Plan Dynamic: keys and algorithms, the provider's and the client's."""

from uuid import uuid4

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.id_tokens import verified
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import RelyingParty, checked_tokens, public
from tests.protocol.signing import SigningKey, signing_key

PLANS = ("dynamic",)


def test_oidcc_idtoken_rs256(conforming: Provider, register: Register, agent: Browser) -> None:
    """A registered id_token_signed_response_alg of RS256 is honoured, with a kid."""
    rp = register(id_token_signed_response_alg="RS256")
    assert rp.registered["id_token_signed_response_alg"] == "RS256"
    header, _claims = verified(conforming, rp.sign_in(agent).tokens["id_token"])
    assert header["alg"] == "RS256"
    assert header["kid"]


def test_oidcc_userinfo_rs256(conforming: Provider, register: Register, agent: Browser) -> None:
    """Discovery lists RS256 for userinfo, which is application/jwt signed by it where registered.

    It has iss, and the client as aud; it has no nonce.
    """
    assert "RS256" in conforming.metadata()["userinfo_signing_alg_values_supported"]
    rp = register(userinfo_signed_response_alg="RS256")
    done = rp.sign_in(agent)
    answer = rp.ask_userinfo(done.access_token)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/jwt")
    header, claims = verified(conforming, answer.text)
    assert header["alg"] == "RS256"
    assert claims["iss"] == conforming.issuer
    assert claims["aud"] in (rp.client_id, [rp.client_id])
    assert claims["sub"] == done.claims["sub"]
    assert "nonce" not in claims


def test_oidcc_registration_jwks_uri(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The keys of a client with a jwks_uri alone are fetched, and verify its assertion."""
    path = f"/{uuid4().hex}/jwks"
    uri = conforming.site.publish(path, {"keys": [public(signing_key("RS256"))]})
    rp = register(jwks=None, jwks_uri=uri)
    assert rp.registered["jwks_uri"] == uri
    assert "jwks" not in rp.registered
    done = rp.sign_in(agent)
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]
    assert conforming.site.received(path)


def test_oidcc_ensure_client_assertion_with_iss_aud_succeeds(
    conforming: Provider, rp: RelyingParty, agent: Browser
) -> None:
    """An assertion whose audience is the issuer is accepted."""
    rp.audience = conforming.issuer
    done = rp.sign_in(agent)
    assert rp.userinfo(done.access_token)["sub"] == done.claims["sub"]


def test_oidcc_refresh_token_rp_key_rotation(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """A refresh token is issued; the client's new key, 60 s after it appeared at jwks_uri, is used.

    The provider asks there again for the unknown kid.
    """
    path, new = f"/{uuid4().hex}/jwks", signing_key("RS256", "new")
    uri = conforming.site.publish(path, {"keys": [public(signing_key("RS256"))]})
    rp = register(jwks=None, jwks_uri=uri)
    done = rp.sign_in(agent, scope="openid offline_access", prompt="consent")
    refresh_token = done.tokens["refresh_token"]
    asked = len(conforming.site.received(path))
    rp.key = _published(conforming, path, new)
    conforming.wait(60)
    tokens = checked_tokens(rp.refresh(refresh_token))
    assert len(conforming.site.received(path)) == asked + 1
    assert rp.userinfo(tokens["access_token"])["sub"] == done.claims["sub"]


def test_oidcc_server_rotate_keys(conforming: Provider, register: Register, agent: Browser) -> None:
    """After a rotation a key with a new kid is at jwks_uri, and all the old ones still are."""
    rp = register()
    before = {key["kid"] for key in conforming.jwks()}
    # The next key has to be known for five minutes before it signs.
    conforming.wait(5 * 60)
    conforming.served.manage("keys", "rotate")
    after = {key["kid"] for key in conforming.jwks() if key["use"] == "sig"}
    assert before < after
    header, _claims = verified(conforming, rp.sign_in(agent).tokens["id_token"])
    assert header["kid"] in after


def _published(conforming: Provider, path: str, key: SigningKey) -> SigningKey:
    conforming.site.publish(path, {"keys": [public(key)]})
    return key
