"""FAPI 2.0 Message Signing §5.3.1, §5.4.1: signed requests, pushed, and signed answers."""

from dataclasses import dataclass
from time import time
from typing import Any

import pytest

from idp.trail import noting
from idp.trail.entry import Entry
from tests.protocol import tokens
from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.dpop.test_bound_tokens import exchange
from tests.protocol.high import HIGH
from tests.protocol.partner import body, refused
from tests.protocol.pushing import open_
from tests.protocol.resident import Resident, Response, parameters, sent
from tests.protocol.signed_requests import signed, unsigned, wish
from tests.protocol.signing import ISSUER, signing_key

SECTION = "FAPI 2.0 Message Signing §5.3.1"
MINUTE = 60


@pytest.fixture
def partner() -> HoldingSigningPartner:
    return HoldingSigningPartner.new(**HIGH, requires_signed_requests=True)


def push(partner: HoldingSigningPartner, request: str, **more: str) -> Response:
    """Push a request object."""
    return partner.post("/par", {"request": request, **more})


@dataclass(frozen=True)
class Minutes:
    """A time that is so many minutes away when it is looked at."""

    away: float

    def __call__(self) -> int:
        """Return it, in seconds."""
        return int(time() + self.away * MINUTE)


def now(minutes: float = 0) -> Minutes:
    return Minutes(minutes)


def timed(claims: dict[str, Any]) -> dict[str, Any]:
    """Return the claims with the times that they have now."""
    return {name: value() if callable(value) else value for name, value in claims.items()}


def test_a_signed_request_leads_to_a_signed_answer(
    signed_in: Resident, partner: HoldingSigningPartner
) -> None:
    pushed = push(partner, signed(partner, response_mode="jwt", nonce="n" * 43))
    assert pushed.status_code == 201, pushed.content
    page = open_(signed_in, partner, body(pushed)["request_uri"])
    answer = sent(signed_in.press(page, "share"))
    assert set(answer) == {"response"}
    said = tokens.claims(answer["response"], partner.application.client_id)
    assert (said["iss"], said["state"]) == (ISSUER, "inside")
    redeemed = body(exchange(partner, str(said["code"])))
    claims = tokens.claims(redeemed["id_token"], partner.application.client_id)
    assert claims["nonce"] == "n" * 43


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": [ISSUER, "https://other.example"]},
        {"nbf": now(8 / 60), "exp": now(5)},
        {"nbf": now(-59), "exp": now(0.9)},
        {"nbf": now(), "exp": now(59)},
        {"typ": None},
    ],
    ids=str,
)
def test_what_must_be_accepted_is(partner: HoldingSigningPartner, claims: dict[str, Any]) -> None:
    assert push(partner, signed(partner, **timed(claims))).status_code == 201


@pytest.mark.parametrize(
    "claims, why",
    [
        ({"exp": None}, "jwt_claim_missing"),
        ({"nbf": None}, "jwt_claim_missing"),
        ({"aud": None}, "jwt_claim_missing"),
        ({"iss": None}, "jwt_claim_missing"),
        ({"exp": now(-1), "nbf": now(-2)}, "jwt_expired"),
        ({"exp": now(70)}, "jwt_lives_too_long"),
        ({"nbf": now(-70), "exp": now(-10)}, "jwt_expired"),
        ({"nbf": now(-70), "exp": now(5)}, "jwt_lives_too_long"),
        ({"nbf": now(2), "exp": now(5)}, "jwt_not_yet_valid"),
        ({"aud": "https://other.example"}, "jwt_wrong_audience"),
        ({"aud": f"{ISSUER}/par"}, "jwt_wrong_audience"),
        ({"iss": "somebody"}, "jwt_wrong_issuer"),
    ],
    ids=str,
)
def test_a_request_object_is_refused_for(
    partner: HoldingSigningPartner,
    claims: dict[str, Any],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted: list[Entry] = []
    monkeypatch.setattr(noting.writer, "put", noted.append)
    assert refused(push(partner, signed(partner, **timed(claims))), "invalid_request_object")
    assert (noted[-1].reason, noted[-1].section) == (f"request_object_{why}", SECTION)


def test_one_of_another_key_is_refused(partner: HoldingSigningPartner) -> None:
    other = HoldingSigningPartner(partner.application, key=signing_key("ES256", "other"))
    assert refused(push(partner, signed(other)), "invalid_request_object")


def test_one_signed_by_rs256_is_refused() -> None:
    keys = [signing_key("ES256").jwk, signing_key("RS256", "rsa").jwk]
    partner = HoldingSigningPartner.new(**HIGH, jwks={"keys": keys}, requires_signed_requests=True)
    by_rsa = signing_key("RS256", "rsa").sign(wish(partner), typ="oauth-authz-req+jwt")
    assert refused(push(partner, by_rsa), "invalid_request_object")
    assert push(partner, signed(partner)).status_code == 201


def test_one_that_nobody_signed_is_refused(partner: HoldingSigningPartner) -> None:
    assert refused(push(partner, unsigned(partner)), "invalid_request_object")


def test_one_whose_signature_was_spoilt_is_refused(partner: HoldingSigningPartner) -> None:
    head, claims, signature = signed(partner).split(".")
    spoilt = f"{head}.{claims}.{'A' * len(signature)}"
    assert refused(push(partner, spoilt), "invalid_request_object")


def test_one_that_names_a_pushed_request_is_refused(partner: HoldingSigningPartner) -> None:
    uri = "urn:ietf:params:oauth:request_uri:x"
    assert refused(push(partner, signed(partner, request_uri=uri)), "invalid_request_object")


def test_an_unsigned_request_is_refused(partner: HoldingSigningPartner) -> None:
    answer = partner.post("/par", parameters(partner.application))
    assert refused(answer, "invalid_request")


def test_what_stands_outside_does_not_count(
    signed_in: Resident, partner: HoldingSigningPartner
) -> None:
    outside = {"state": "outside", "nonce": "outside", "scope": "openid email"}
    pushed = push(partner, signed(partner, response_mode="jwt"), **outside)
    page = open_(signed_in, partner, body(pushed)["request_uri"], state="elsewhere")
    answer = sent(signed_in.press(page, "share"))
    said = tokens.claims(answer["response"], partner.application.client_id)
    assert said["state"] == "inside"


def test_of_the_standard_profile_no_more_is_asked_than_before() -> None:
    standard = HoldingSigningPartner.new()
    request = signed(standard, nbf=None, exp=None, aud=None, iss=None)
    assert push(standard, request).status_code == 201
