"""Modules of client assertions where requests are pushed (RFC 9126 §2)."""

from typing import Any

from tests.protocol.conformance.fapi.client import PAR, TOKEN, HighClient
from tests.protocol.conformance.fapi.refusing import refused

PLANS = ("fapi2-key-dpop", "fapi2-key-mtls", "fapi2-message-signing")


def is_refused(client: HighClient, **claims: Any) -> bool:
    """Say whether an assertion with these claims is refused."""
    answer = client.push(client.request(), assertion=client.assertion(**claims))
    return refused(answer, "invalid_client", "invalid_request", statuses=(400, 401))


def test_fapi2_security_profile_final_par_ensure_jwt_client_assertions_nbf_8_seconds_in_the_future_is_accepted(  # noqa: E501 - the module's name
    first: HighClient,
) -> None:
    """`iat` and `nbf` up to 10 s ahead are taken, as clocks differ (Security Profile §5.3.2.1)."""
    ahead = first.provider.now() + 8
    assertion = first.assertion(iat=ahead, nbf=ahead, exp=ahead + 60)
    assert first.pushed(first.request(), assertion=assertion)


def test_fapi2_security_profile_final_par_ensure_jwt_client_assertions_nbf_over_60_seconds_in_the_future_fails(  # noqa: E501 - the module's name
    first: HighClient,
) -> None:
    """More than 60 s ahead: 400 or 401 (Security Profile §5.3.2.1)."""
    ahead = first.provider.now() + 65
    assert is_refused(first, iat=ahead, nbf=ahead, exp=ahead + 60)


def test_fapi2_security_profile_final_par_test_array_as_audience_fails(first: HighClient) -> None:
    """The issuer in a list: refused, as one text alone is taken (Security Profile §5.3.2.1)."""
    assert is_refused(first, aud=[first.provider.issuer, first.address(PAR)])
    assert is_refused(first, aud=[first.provider.issuer])


def test_fapi2_security_profile_final_par_test_par_endpoint_url_as_audience_fails(
    first: HighClient,
) -> None:
    """The address of PAR, which RFC 9126 §2 would allow: refused (Security Profile §5.3.2.1)."""
    assert is_refused(first, aud=first.address(PAR))
    assert is_refused(first, aud=first.metadata[PAR])


def test_fapi2_security_profile_final_par_test_token_endpoint_url_as_audience_fails(
    first: HighClient,
) -> None:
    """The token endpoint's, which RFC 7523 §3 would allow: refused (Security Profile §5.3.2.1)."""
    assert is_refused(first, aud=first.address(TOKEN))
    assert is_refused(first, aud=first.metadata[TOKEN])
