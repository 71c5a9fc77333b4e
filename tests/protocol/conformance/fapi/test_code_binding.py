"""Modules of codes that are bound to a key by DPoP (RFC 9449 §10)."""

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.fapi.client import PAR, TOKEN, HighClient
from tests.protocol.conformance.fapi.refusing import refused
from tests.protocol.dpop.holder import Holder
from tests.protocol.signing import signing_key

PLANS = ("fapi2-key-dpop", "fapi2-message-signing")
OTHER = Holder(signing_key("ES256", "another"))
ERRORS = ("invalid_request", "invalid_grant", "invalid_dpop_proof")


def by_another(client: HighClient, endpoint: str) -> str:
    """Return a proof by another key than the client's own."""
    client.know_nonce()
    address, now = client.address(endpoint), client.provider.now()
    return OTHER.proof("POST", "", htu=address, iat=now, nonce=client.nonce)


def code_of(client: HighClient, agent: Browser, *, proof: str = "", **changes: str) -> str:
    """Let the person answer a request that was pushed so; return the code."""
    asked = client.request(**changes)
    stop = client.open(agent, client.pushed(asked, proof=proof))
    return client.code(asked, stop)


def test_fapi2_security_profile_final_ensure_mismatched_dpop_jkt_fails(first: HighClient) -> None:
    """At PAR, a proof by another key than dpop_jkt names: refused (§10.1)."""
    asked = first.request(dpop_jkt=first.holder.jkt)
    assert refused(first.push(asked, proof=by_another(first, PAR)), *ERRORS)


def test_fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt(
    first: HighClient, agent: Browser
) -> None:
    """A proof at PAR by one key, at the token endpoint by another: refused (§10.1)."""
    first.know_nonce()
    code = code_of(first, agent, proof=first.proof("POST", first.address(PAR)))
    assert refused(first.redeem(code, proof=by_another(first, TOKEN)), *ERRORS)


def test_fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_jkt(
    first: HighClient, agent: Browser
) -> None:
    """dpop_jkt of one key, at the token endpoint a proof by another: refused (§10)."""
    code = code_of(first, agent, dpop_jkt=first.holder.jkt)
    assert refused(first.redeem(code, proof=by_another(first, TOKEN)), *ERRORS)


def test_fapi2_security_profile_final_ensure_dpopproof_at_par_endpoint_binding_success(
    first: HighClient, agent: Browser
) -> None:
    """A proof at PAR, and by the same key at the token endpoint: tokens (§10.1)."""
    first.know_nonce()
    code = code_of(first, agent, proof=first.proof("POST", first.address(PAR)))
    assert first.redeem(code).status_code == 200


def test_fapi2_security_profile_final_ensure_dpop_auth_code_binding_success(
    first: HighClient, agent: Browser
) -> None:
    """dpop_jkt, and a proof by that key at the token endpoint: tokens (§10)."""
    code = code_of(first, agent, dpop_jkt=first.holder.jkt)
    assert first.redeem(code).status_code == 200
