"""Plan Front-Channel Logout."""

from secrets import token_hex

from tests.protocol.conformance.browser import Browser, heading
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider

PLANS = ("frontchannel-rp-initiated-logout",)


def test_oidcc_frontchannel_logout_discovery_endpoint_verification(conforming: Provider) -> None:
    """Front-channel logout with sessions is supported, and there is an end_session_endpoint."""
    metadata = conforming.metadata()
    assert metadata["frontchannel_logout_supported"] is True
    assert metadata["frontchannel_logout_session_supported"] is True
    assert metadata["end_session_endpoint"].startswith("https://")


def test_oidcc_frontchannel_rp_initiated_logout(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The page after signing out loads the registered address in a frame, then goes back.

    It has iss, and the sid of the ID token, and nothing else; the way back has the state. Then
    prompt=none fails.
    """
    site, name, state = conforming.site, f"/{token_hex(8)}", token_hex(64)
    rp = register(
        frontchannel_logout_uri=f"{site.origin}{name}/frontchannel_logout",
        frontchannel_logout_session_required=True,
        post_logout_redirect_uris=[f"{site.origin}{name}/post_logout_redirect"],
    )
    done = rp.sign_in(agent)
    stop = rp.sign_out(
        agent,
        id_token_hint=done.tokens["id_token"],
        post_logout_redirect_uri=rp.registered["post_logout_redirect_uris"][0],
        state=state,
    )
    assert heading(stop.page) == "You are signed out"
    assert f"frame-src {site.origin}" in stop.page.headers["Content-Security-Policy"]
    assert [frame.status_code for frame in agent.open_frames(stop.page)] == [200]
    (told,) = site.received(f"{name}/frontchannel_logout")
    assert (told.method, told.form) == ("GET", {})
    assert told.query == {"iss": [conforming.issuer], "sid": [done.claims["sid"]]}
    back = agent.open(agent.link(stop.page, "continue")).callback
    assert (back.path, back.query) == (f"{name}/post_logout_redirect", {"state": [state]})
    assert rp.knows_nobody(agent)
