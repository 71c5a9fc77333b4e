"""Modules of the plans Basic and Form Post Basic that the plan Dynamic has too.

There the client authenticates by private_key_jwt.
"""

from secrets import token_hex

from tests.protocol.conformance import id_tokens, registration
from tests.protocol.conformance.browser import Browser, is_error_page
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import (
    Json,
    RelyingParty,
    checked_tokens,
    entropy,
    is_invalid_grant,
)
from tests.protocol.conformance.request_objects import signed, unsigned

PLANS = ("basic", "formpost-basic", "dynamic")
OF_EVERY_ID_TOKEN = {
    *("iss", "sub", "aud", "exp", "iat", "nonce", "auth_time", "acr", "amr", "sid", "at_hash"),
}


def test_oidcc_server(rp: RelyingParty, agent: Browser) -> None:
    """The happy flow, and userinfo by GET.

    A code of 128 bits at least, and of entropy; at_hash and c_hash right if there; expires_in;
    nothing in the ID token that was not asked for, such as a name. In Dynamic, an assertion whose
    audience is the token endpoint authenticates the client.
    """
    done = rp.sign_in(agent)
    assert {"sign-in", "share"} <= set(done.stop.pressed)
    assert rp.userinfo(done.access_token) == {"sub": done.claims["sub"]}
    assert done.claims.keys() <= OF_EVERY_ID_TOKEN


def test_oidcc_idtoken_unsigned(conforming: Provider, usual_metadata: Json) -> None:
    """Skipped where "none" is not listed; nor may a client register it then."""
    assert "none" not in conforming.metadata()["id_token_signing_alg_values_supported"]
    answer = registration.ask(conforming, usual_metadata | {"id_token_signed_response_alg": "none"})
    assert registration.is_refused(answer, "invalid_client_metadata")


def test_oidcc_ensure_request_object_with_redirect_uri(
    conforming: Provider, rp: RelyingParty, agent: Browser
) -> None:
    """A wrong redirect_uri outside the object, the right one in it.

    Unsigned, as "none" is not listed: an error page, and never request_not_supported sent to the
    registered address. Signed: the inner one counts.
    """
    assert "none" not in conforming.metadata()["request_object_signing_alg_values_supported"]
    asked = rp.request()
    outside = asked | {"redirect_uri": f"{rp.redirect_uri}/{token_hex(8)}"}
    assert is_error_page(rp.ask(agent, outside | {"request": unsigned(rp, asked)}))
    rp.finish(asked, rp.ask(agent, outside | {"request": signed(rp, asked)}))


def test_oidcc_refresh_token(conforming: Provider, register: Register, agent: Browser) -> None:
    """Refresh tokens of two clients, for "openid offline_access" with prompt=consent.

    They have 96 bits of entropy. A refresh: 200, JSON, no-store, Bearer; the new ID token has the
    same iss, sub, aud, auth_time and azp, and a newer iat. The second client's token, used by the
    first: 400 with invalid_grant.
    """
    assert "refresh_token" in conforming.metadata()["grant_types_supported"]
    first, second = register(), register()
    done, other = (
        one.sign_in(agent, scope="openid offline_access", prompt="consent")
        for one in (first, second)
    )
    assert entropy(done.tokens["refresh_token"]) >= 96
    conforming.wait(2)
    tokens = checked_tokens(first.refresh(done.tokens["refresh_token"], scope="openid"))
    assert tokens["access_token"] != done.access_token
    assert entropy(tokens["refresh_token"]) >= 96
    claims = refreshed(first, tokens)
    same = ("iss", "sub", "aud", "auth_time", "azp")
    assert [claims.get(name) for name in same] == [done.claims.get(name) for name in same]
    assert claims["iat"] > done.claims["iat"]
    assert first.userinfo(tokens["access_token"])["sub"] == claims["sub"]
    assert is_invalid_grant(first.refresh(other.tokens["refresh_token"]))
    assert second.refresh(other.tokens["refresh_token"]).status_code == 200


def refreshed(rp: RelyingParty, tokens: Json) -> Json:
    """Return the claims of the ID token that came with a refresh; a nonce is no part of it."""
    return id_tokens.claims_of(
        rp.provider,
        tokens["id_token"],
        client_id=rp.client_id,
        nonce=None,
        hashed={"at_hash": tokens["access_token"]},
    )
