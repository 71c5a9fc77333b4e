"""Modules of client assertions."""

from time import time

import pytest

from tests import factories
from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.fapi.applications import by_key, redeem
from tests.protocol.high import HIGH
from tests.protocol.partner import refused
from tests.protocol.pushing import push
from tests.protocol.signing import ISSUER, SigningPartner, signing_key


def at_par(partner: HoldingSigningPartner, **claims: object) -> bool:
    """Say whether PAR refuses an assertion with these claims."""
    return refused(
        push(partner, client_assertion=partner.assertion(**claims)), "invalid_client", 401
    )


def at_token(partner: HoldingSigningPartner, **claims: object) -> bool:
    """Say whether the token endpoint does, the code being good still."""
    issued = factories.grant(partner.application)
    answer = redeem(partner, issued.code, client_assertion=partner.assertion(**claims))
    return (
        refused(answer, "invalid_client", 401) and redeem(partner, issued.code).status_code == 200
    )


def test_ensure_signed_client_assertion_with_rs256_fails() -> None:
    """invalid_client, though its key is registered."""
    jwks = {"keys": [signing_key("ES256").jwk, signing_key("RS256", "rsa").jwk]}
    partner = by_key(jwks=jwks)
    rsa = SigningPartner(partner.application, key=signing_key("RS256", "rsa"))
    issued = factories.grant(partner.application)
    answer = redeem(partner, issued.code, client_assertion=rsa.assertion())
    assert refused(answer, "invalid_client", 401)
    assert redeem(partner, issued.code).status_code == 200


def test_ensure_client_assertion_in_token_endpoint(partner: HoldingSigningPartner) -> None:
    """A code without an assertion: invalid_client."""
    issued = factories.grant(partner.application)
    form = f"grant_type=authorization_code&code={issued.code}&client_id="
    answer = partner.raw("/token", form + partner.application.client_id)
    assert refused(answer, "invalid_client", 401)


def test_ensure_client_assertion_with_exp_is_5_minutes_in_past_fails(
    partner: HoldingSigningPartner,
) -> None:
    """invalid_client."""
    assert at_token(partner, exp=int(time()) - 300, iat=int(time()) - 360)


@pytest.mark.parametrize("audience", ["https://other.example", f"{ISSUER}/userinfo"])
def test_ensure_client_assertion_with_wrong_aud_fails(
    partner: HoldingSigningPartner, audience: str
) -> None:
    """invalid_client."""
    assert at_token(partner, aud=audience)


def test_ensure_client_assertion_with_no_sub_fails(partner: HoldingSigningPartner) -> None:
    """invalid_client."""
    assert at_token(partner, sub=None)


def test_par_ensure_jwt_client_assertions_nbf_8_seconds_in_the_future_is_accepted(
    partner: HoldingSigningPartner,
) -> None:
    """Clocks may differ that far."""
    ahead = int(time()) + 8
    assertion = partner.assertion(nbf=ahead, exp=ahead + 60)
    assert push(partner, client_assertion=assertion).status_code == 201


def test_par_ensure_jwt_client_assertions_nbf_over_60_seconds_in_the_future_fails(
    partner: HoldingSigningPartner,
) -> None:
    """And no farther."""
    assert at_par(partner, nbf=int(time()) + 65, exp=int(time()) + 125)


def test_par_test_array_as_audience_fails(partner: HoldingSigningPartner) -> None:
    """The issuer in a list is not the issuer as a text."""
    assert at_par(partner, aud=[ISSUER])


def test_par_test_par_endpoint_url_as_audience_fails(partner: HoldingSigningPartner) -> None:
    """The address of PAR is not the issuer."""
    assert at_par(partner, aud=f"{ISSUER}/par")


def test_par_test_token_endpoint_url_as_audience_fails(partner: HoldingSigningPartner) -> None:
    """Nor is that of the token endpoint."""
    assert HIGH["profile"] == partner.application.profile
    assert at_par(partner, aud=f"{ISSUER}/token")
