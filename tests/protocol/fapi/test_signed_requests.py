"""Modules of requests that the application signed, in the plan for message signing."""

from time import time

from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.fapi.applications import by_key
from tests.protocol.partner import body
from tests.protocol.resident import Response, parameters
from tests.protocol.signed_requests import signed, unsigned, wish
from tests.protocol.signing import ISSUER, signing_key

REFUSED = {"invalid_request_object", "invalid_request"}
MINUTE = 60


def push(partner: HoldingSigningPartner, request: str) -> Response:
    """Push a request object."""
    return partner.post("/par", {"request": request})


def is_refused(partner: HoldingSigningPartner, request: str) -> bool:
    """Say whether PAR refuses it by the right error, and takes a good one after it."""
    answer = push(partner, request)
    good = push(partner, signed(partner))
    return bool(
        answer.status_code == 400 and body(answer)["error"] in REFUSED and good.status_code == 201
    )


def test_ensure_request_object_with_multiple_aud_succeeds(signing: HoldingSigningPartner) -> None:
    """Others may stand beside the issuer."""
    request = signed(signing, aud=["https://other.example", ISSUER])
    assert push(signing, request).status_code == 201


def test_ensure_request_object_with_nbf_8_seconds_in_the_future_is_accepted(
    signing: HoldingSigningPartner,
) -> None:
    """Clocks may differ that far."""
    ahead = int(time()) + 8
    assert push(signing, signed(signing, nbf=ahead, exp=ahead + 60)).status_code == 201


def test_ensure_request_object_without_exp_fails(signing: HoldingSigningPartner) -> None:
    """It needs an end."""
    assert is_refused(signing, signed(signing, exp=None))


def test_ensure_request_object_without_nbf_fails(signing: HoldingSigningPartner) -> None:
    """It needs a beginning."""
    assert is_refused(signing, signed(signing, nbf=None))


def test_ensure_expired_request_object_fails(signing: HoldingSigningPartner) -> None:
    """One that ended is refused."""
    past = int(time()) - 5 * MINUTE
    assert is_refused(signing, signed(signing, nbf=past - MINUTE, exp=past))


def test_ensure_request_object_with_bad_aud_fails(signing: HoldingSigningPartner) -> None:
    """It has to be for the issuer."""
    assert is_refused(signing, signed(signing, aud="https://other.example"))


def test_ensure_request_object_with_exp_over_60_fails(signing: HoldingSigningPartner) -> None:
    """Exp 70 minutes ahead is too far."""
    assert is_refused(signing, signed(signing, exp=int(time()) + 70 * MINUTE))


def test_ensure_request_object_with_nbf_over_60_fails(signing: HoldingSigningPartner) -> None:
    """Nbf 70 minutes ago is too long."""
    assert is_refused(signing, signed(signing, nbf=int(time()) - 70 * MINUTE))


def test_ensure_signed_request_object_with_rs256_fails() -> None:
    """Though its key is registered."""
    rsa = signing_key("RS256", "rsa")
    jwks = {"keys": [signing_key("ES256").jwk, rsa.jwk]}
    partner = by_key(jwks=jwks, requires_signed_requests=True)
    assert is_refused(partner, rsa.sign(wish(partner), typ="oauth-authz-req+jwt"))


def test_ensure_request_object_signature_algorithm_is_not_none(
    signing: HoldingSigningPartner,
) -> None:
    """One that nobody signed is refused."""
    assert is_refused(signing, unsigned(signing))


def test_ensure_request_object_with_invalid_signature_fails(
    signing: HoldingSigningPartner,
) -> None:
    """A spoilt signature is refused."""
    head, claims, signature = signed(signing).split(".")
    spoilt = f"{head}.{claims}.{signature[::-1]}"
    assert is_refused(signing, spoilt)


def test_ensure_matching_key_in_authorization_request(signing: HoldingSigningPartner) -> None:
    """One that another application's key signed is refused."""
    other = HoldingSigningPartner(signing.application, key=signing_key("ES256", "other"))
    assert is_refused(signing, signed(other))


def test_ensure_unsigned_request_at_par_endpoint_fails(signing: HoldingSigningPartner) -> None:
    """Parameters without a signature are refused."""
    answer = signing.post("/par", parameters(signing.application))
    assert (answer.status_code, body(answer)["error"]) == (400, "invalid_request")


def test_par_authorization_request_containing_request_uri(signing: HoldingSigningPartner) -> None:
    """A request_uri within the object is refused."""
    request = signed(signing, request_uri="urn:ietf:params:oauth:request_uri:x")
    assert is_refused(signing, request)
