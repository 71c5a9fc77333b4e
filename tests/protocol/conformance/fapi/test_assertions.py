"""Modules of client assertions at the token endpoint (Security Profile §5.3.2.1, RFC 7523 §3)."""

from collections.abc import Callable
from functools import partial

import httpx

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.fapi.client import HighClient
from tests.protocol.conformance.fapi.refusing import refused

PLANS = (
    "fapi2-key-dpop",
    "fapi2-key-mtls",
    "fapi2-client-credentials",
    "fapi2-message-signing",
)


def is_refused(client: HighClient, agent: Browser, assertion: str) -> bool:
    """Say whether an assertion is refused, and a good one taken after it, code and all."""
    request: Callable[..., httpx.Response]
    if client.variant.for_itself:
        request = client.own_token
    else:
        request = partial(client.redeem, client.code_for(agent))
    answer = request(assertion=assertion)
    assert refused(answer, "invalid_client", "invalid_request", statuses=(400, 401))
    return request().status_code == 200


def test_fapi2_security_profile_final_ensure_signed_client_assertion_with_rs256_fails(
    first: HighClient, agent: Browser
) -> None:
    """RS256, by a key that is registered: invalid_client (§5.4.1)."""
    assert is_refused(first, agent, first.assertion(key=first.rsa))


def test_fapi2_security_profile_final_ensure_client_assertion_in_token_endpoint(
    first: HighClient, agent: Browser
) -> None:
    """No assertion: invalid_client."""
    assert is_refused(first, agent, "")


def test_fapi2_security_profile_final_ensure_client_assertion_with_exp_is_5_minutes_in_past_fails(
    first: HighClient, agent: Browser
) -> None:
    """One that ended five minutes ago: invalid_client (RFC 7523 §3 item 4)."""
    now = first.provider.now()
    assert is_refused(first, agent, first.assertion(iat=now - 360, exp=now - 300))


def test_fapi2_security_profile_final_ensure_client_assertion_with_wrong_aud_fails(
    first: HighClient, agent: Browser
) -> None:
    """One for somebody else: invalid_client (RFC 7523 §3 item 3)."""
    assert is_refused(first, agent, first.assertion(aud="https://other.example"))


def test_fapi2_security_profile_final_ensure_client_assertion_with_no_sub_fails(
    first: HighClient, agent: Browser
) -> None:
    """One about nobody: invalid_client (RFC 7523 §3 item 2)."""
    assert is_refused(first, agent, first.assertion(sub=None))
