"""Plan Back-Channel Logout."""

from secrets import token_hex

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.id_tokens import verified
from tests.protocol.conformance.provider import Provider

PLANS = ("backchannel-rp-initiated-logout",)
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def test_oidcc_backchannel_logout_discovery_endpoint_verification(conforming: Provider) -> None:
    """Back-channel logout with sessions is supported, and there is an end_session_endpoint."""
    metadata = conforming.metadata()
    assert metadata["backchannel_logout_supported"] is True
    assert metadata["backchannel_logout_session_supported"] is True
    assert metadata["end_session_endpoint"].startswith("https://")


def test_oidcc_backchannel_rp_initiated_logout(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The registered address gets a logout_token by POST, over TLS 1.3, and nothing else.

    It is signed by a published key, with our iss, the client as aud, a new iat, a jti, the one
    event as {}, sub and sid of the ID token, and no nonce. The browser goes back with the state.
    Then prompt=none fails.
    """
    site, name, state = conforming.site, f"/{token_hex(8)}", token_hex(64)
    rp = register(
        backchannel_logout_uri=f"{site.origin}{name}/backchannel_logout",
        backchannel_logout_session_required=True,
        post_logout_redirect_uris=[f"{site.origin}{name}/post_logout_redirect"],
    )
    done = rp.sign_in(agent)
    back = rp.sign_out(
        agent,
        id_token_hint=done.tokens["id_token"],
        post_logout_redirect_uri=rp.registered["post_logout_redirect_uris"][0],
        state=state,
    ).callback
    assert (back.path, back.query) == (f"{name}/post_logout_redirect", {"state": [state]})
    told = site.wait_for(f"{name}/backchannel_logout")
    assert (told.method, told.tls, told.query) == ("POST", "TLSv1.3", {})
    assert told.content_type == "application/x-www-form-urlencoded"
    assert told.form.keys() == {"logout_token"}
    _header, claims = verified(conforming, *told.form["logout_token"])
    assert claims["iss"] == conforming.issuer
    assert claims["aud"] in (rp.client_id, [rp.client_id])
    assert done.claims["iat"] <= claims["iat"] <= conforming.now()
    assert claims["jti"]
    assert claims["events"] == {EVENT: {}}
    assert (claims["sub"], claims["sid"]) == (done.claims["sub"], done.claims["sid"])
    assert "nonce" not in claims
    assert rp.knows_nobody(agent)
