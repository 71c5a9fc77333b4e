"""Modules of the authorization request and its answer (Security Profile §5.3.2.2)."""

import json
from secrets import token_hex

from tests.protocol.conformance.browser import Browser, is_error_page
from tests.protocol.conformance.fapi.client import HighClient
from tests.protocol.conformance.fapi.refusing import refused
from tests.protocol.conformance.provider import CLAIMS

PLANS = ("fapi2-key-dpop", "fapi2-key-mtls", "fapi2-mtls-mtls", "fapi2-message-signing")


def test_fapi2_security_profile_final_user_rejects_authentication(
    first: HighClient, agent: Browser
) -> None:
    """A button to refuse: access_denied comes back with the state (RFC 6749 §4.1.2.1)."""
    asked = first.request(prompt="consent")
    agent.stops_at = "share"
    sharing = first.ask(agent, asked).page
    sure = agent.press(sharing, "refuse").page
    first.refusal(asked, agent.press(sure, "leave"), "access_denied")


def test_fapi2_security_profile_final_ensure_authorization_request_without_state_success(
    first: HighClient, agent: Browser
) -> None:
    """No state: none comes back (RFC 6749 §4.1.2)."""
    asked = first.request(state=None)
    first.finish(asked, first.ask(agent, asked))


def test_fapi2_security_profile_final_ensure_authorization_request_without_nonce_success(
    first: HighClient, agent: Browser
) -> None:
    """No nonce: none is in the ID token (OIDC Core §2)."""
    assert "nonce" not in first.sign_in(agent, nonce=None).claims


def test_fapi2_security_profile_final_ensure_authorization_request_with_64_char_nonce_success(
    first: HighClient, agent: Browser
) -> None:
    """64 characters come back as they were (Security Profile §5.3.2.3)."""
    nonce = token_hex(32)
    assert first.sign_in(agent, nonce=nonce).claims["nonce"] == nonce


def test_fapi2_security_profile_final_ensure_other_scope_order_succeeds(
    first: HighClient, agent: Browser
) -> None:
    """The scope openid may come last (RFC 6749 §3.3)."""
    done = first.sign_in(agent, scope="offline_access email openid")
    assert set(done.tokens.get("scope", "openid").split()) >= {"openid"}
    assert done.claims["sub"]


def test_fapi2_security_profile_final_test_claims_parameter_identity_claims(
    first: HighClient, agent: Browser
) -> None:
    """Claims asked for by name come in the ID token or from userinfo, and no others.

    OIDC Core §5.5; every one of claims_supported that the person has.
    """
    assert first.metadata["claims_parameter_supported"] is True
    wanted = sorted({*CLAIMS, "email", "name"} & set(first.metadata["claims_supported"]))
    assert len(wanted) > 10
    asked = json.dumps({"id_token": dict.fromkeys(wanted), "userinfo": dict.fromkeys(wanted)})
    done = first.sign_in(agent, scope="openid", claims=asked)
    told = first.userinfo(done.access_token)
    assert [name for name in wanted if name not in {**told, **done.claims}] == []
    assert told.keys() - {"sub"} == set(wanted)


def test_fapi2_security_profile_final_ensure_different_nonce_inside_and_outside_request_object(
    first: HighClient, agent: Browser
) -> None:
    """A nonce beside the request_uri does not count (RFC 9126 §4, RFC 9101 §6.3)."""
    asked = first.request()
    first.finish(asked, first.open(agent, first.pushed(asked), nonce="outside"))


def test_fapi2_security_profile_final_ensure_different_state_inside_and_outside_request_object(
    first: HighClient, agent: Browser
) -> None:
    """Nor does a state."""
    asked = first.request()
    first.finish(asked, first.open(agent, first.pushed(asked), state="outside"))


def test_fapi2_security_profile_final_state_only_outside_request_object_not_used(
    first: HighClient, agent: Browser
) -> None:
    """Nor where none was pushed: no state comes back."""
    asked = first.request(state=None)
    first.finish(asked, first.open(agent, first.pushed(asked), state="outside"))


def test_fapi2_security_profile_final_ensure_authorization_request_with_long_nonce(
    first: HighClient, agent: Browser
) -> None:
    """384 characters come back whole: to cut them would let an answer pass for another's."""
    nonce = token_hex(192)
    assert first.sign_in(agent, nonce=nonce).claims["nonce"] == nonce


def test_fapi2_security_profile_final_ensure_authorization_request_with_long_state(
    first: HighClient, agent: Browser
) -> None:
    """So do those of a state; one that is too long is refused, never cut."""
    for length in (384, 1024):
        asked = first.request(state=token_hex(length // 2))
        first.code(asked, first.ask(agent, asked))
    assert refused(first.push(first.request(state="s" * 5000)), "invalid_request")


def test_fapi2_security_profile_final_ensure_request_object_without_redirect_uri_fails(
    first: HighClient,
) -> None:
    """No redirect_uri: invalid_request, though one alone is registered (§5.3.2.2)."""
    answer = first.push(first.request(redirect_uri=None))
    assert refused(answer, "invalid_request", "invalid_request_object")


def test_fapi2_security_profile_final_ensure_redirect_uri_in_authorization_request(
    first: HighClient, agent: Browser
) -> None:
    """Nor does one beside the request_uri make up for it: there is nothing to open."""
    assert len(first.registered["redirect_uris"]) == 1
    assert refused(first.push(first.request(redirect_uri="")), "invalid_request")
    gone = "urn:ietf:params:oauth:request_uri:never-given"
    assert is_error_page(first.open(agent, gone, redirect_uri=first.redirect_uri))


def test_fapi2_security_profile_final_plain_fapi_tolerate_unregistered_redirect_uri(
    first: HighClient,
) -> None:
    """One that is not registered: invalid_request (RFC 9126 §2.4 would let us take it)."""
    other = f"{first.redirect_uri}/{token_hex(8)}"
    answer = first.push(first.request(redirect_uri=other))
    assert refused(answer, "invalid_request", "invalid_request_object")


def test_fapi2_security_profile_final_ensure_unsigned_authorization_request_without_using_par_fails(
    first: HighClient, agent: Browser
) -> None:
    """A plain request in the address: invalid_request (§5.3.2.2)."""
    asked = first.request()
    stop = super(HighClient, first).ask(agent, asked)
    assert first.refusal(asked, stop, "invalid_request")


def test_fapi2_security_profile_final_ensure_response_type_code_idtoken_fails(
    first: HighClient,
) -> None:
    """`code id_token`: unsupported_response_type (§5.3.2.2)."""
    answer = first.push(first.request(response_type="code id_token"))
    assert refused(answer, "unsupported_response_type", "invalid_request")


def test_fapi2_security_profile_final_ensure_response_type_token_fails(first: HighClient) -> None:
    """`token`: likewise."""
    answer = first.push(first.request(response_type="token"))
    assert refused(answer, "unsupported_response_type", "invalid_request")
