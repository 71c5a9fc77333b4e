"""Modules of the token endpoint: codes and refresh tokens (Security Profile §5.3.2.1, §5.3.2.2)."""

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.fapi.client import TOKEN, HighClient
from tests.protocol.conformance.fapi.provider import HighProvider
from tests.protocol.conformance.fapi.refusing import denied, refused
from tests.protocol.conformance.relying_party import entropy, is_invalid_grant
from tests.protocol.dpop.holder import Holder

PLANS = ("fapi2-key-dpop", "fapi2-key-mtls", "fapi2-mtls-mtls", "fapi2-message-signing")


def test_fapi2_security_profile_final_ensure_authorization_code_is_bound_to_client(
    first: HighClient, second: HighClient, agent: Browser
) -> None:
    """Another client's code: invalid_grant (RFC 6749 §5.2)."""
    code = first.code_for(agent)
    assert is_invalid_grant(second.redeem(code, redirect_uri=first.redirect_uri))
    assert is_invalid_grant(second.redeem(code))


def test_fapi2_security_profile_final_attempt_reuse_authorization_code_after_one_second(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """A second later: invalid_grant, and what the code gave ends (RFC 6749 §4.1.2)."""
    asked = first.request()
    done = first.finish(asked, first.ask(agent, asked))
    high.wait(1)
    assert is_invalid_grant(first.redeem(done.code))
    assert denied(first.ask_userinfo(done.access_token))


def test_fapi2_security_profile_final_ensure_token_endpoint_fails_with_expired_auth_code(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """62 s later: invalid_grant (Security Profile §5.3.2.1: 60 s at most)."""
    code = first.code_for(agent)
    high.wait(62)
    assert is_invalid_grant(first.redeem(code))


def test_fapi2_security_profile_final_refresh_token(
    high: HighProvider, first: HighClient, second: HighClient, agent: Browser
) -> None:
    """It works again and again, also by a new key; no new one comes (Security Profile §5.3.2.1).

    Half a minute later it still does. The other client gets invalid_grant; nobody gets anything
    without authenticating, or without proof or certificate.
    """
    token = first.sign_in(agent).tokens["refresh_token"]
    assert entropy(token) >= 96
    for _ in range(2):
        high.wait(31)
        answer = first.refresh(token)
        assert answer.status_code == 200, answer.text
        assert answer.json().get("refresh_token", token) == token
        assert first.ask_userinfo(answer.json()["access_token"]).status_code == 200
    assert is_invalid_grant(second.refresh(token))
    values = {"grant_type": "refresh_token", "refresh_token": token}
    assert refused_bare(high, first, values)
    if first.variant.by_proof:
        first.holder = Holder()
        assert first.refresh(token).json()["token_type"] == "DPoP"


def refused_bare(high: HighProvider, client: HighClient, values: dict[str, str]) -> bool:
    """Say whether a request is refused without an assertion, a proof, a certificate."""
    nobody, errors = (400, 401), ("invalid_client", "invalid_request", "invalid_dpop_proof")
    if client.variant.by_proof:
        assert refused(client.send(TOKEN, values, proof=""), *errors, statuses=nobody)
    else:
        bare = client.send(TOKEN, values, http=high.client())
        assert refused(bare, *errors, statuses=nobody)
    if (
        client.certificate is None
        or client.registered["token_endpoint_auth_method"] == "private_key_jwt"
    ):
        return refused(client.send(TOKEN, values, assertion=""), "invalid_client", statuses=nobody)
    return True


def test_fapi2_security_profile_final_ensure_pkce_code_verifier_required(
    first: HighClient, agent: Browser
) -> None:
    """No verifier: invalid_grant (RFC 7636 §4.6)."""
    assert is_invalid_grant(first.redeem(first.code_for(agent), code_verifier=None))


def test_fapi2_security_profile_final_incorrect_pkce_code_verifier_rejected(
    first: HighClient, agent: Browser
) -> None:
    """A wrong one: invalid_grant (RFC 7636 §4.6)."""
    assert is_invalid_grant(first.redeem(first.code_for(agent), code_verifier="w" * 43))
