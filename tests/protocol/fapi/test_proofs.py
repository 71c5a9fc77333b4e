"""Modules of DPoP."""

from typing import Any

import pytest

from tests import factories
from tests.protocol.dpop.holder import Holder, HoldingSigningPartner, after
from tests.protocol.dpop.test_proofs import CLAIMS, HEADERS
from tests.protocol.fapi.applications import redeem, shared
from tests.protocol.partner import body, refused
from tests.protocol.pushing import open_, push, pushed
from tests.protocol.resident import Resident, parameters
from tests.protocol.signing import signing_key

OTHER = Holder(signing_key("ES256", "other"))
REFUSED = {"invalid_request", "invalid_dpop_proof", "invalid_grant"}


def all_three(partner: HoldingSigningPartner, **claims: Any) -> bool:
    """Say whether a proof with these claims is taken at PAR, token endpoint and resource."""
    asked = parameters(partner.application)
    proof = partner.holder.proof("POST", "/par", **claims)
    assert partner.post("/par", asked, DPoP=proof).status_code == 201
    issued = factories.grant(partner.application)
    form = {
        "grant_type": "authorization_code",
        "code": issued.code,
        "redirect_uri": factories.REDIRECT_URI,
        "code_verifier": factories.VERIFIER,
    }
    got = partner.post("/token", form, DPoP=partner.holder.proof("POST", "/token", **claims))
    assert got.status_code == 200, got.content
    token = body(got)["access_token"]
    proof = partner.holder.proof("GET", "/userinfo", token, **claims)
    return bool(partner.userinfo(token, DPoP=proof).status_code == 200)


@pytest.mark.parametrize("scheme", ["dPOP", "DPOP", "dpop"])
def test_access_token_type_header_case_sensitivity(
    partner: HoldingSigningPartner, scheme: str
) -> None:
    """The scheme counts in small and large letters alike."""
    token = partner.tokens()["access_token"]
    assert partner.userinfo(token, Authorization=f"{scheme} {token}").status_code == 200


def test_check_dpop_proof_nbf_exp(partner: HoldingSigningPartner) -> None:
    """A proof may have nbf and exp."""
    assert all_three(partner, nbf=after(-1), exp=after(60))


def test_ensure_dpopproof_with_iat_10seconds_before_succeeds(
    partner: HoldingSigningPartner,
) -> None:
    """Iat 10 seconds ago is accepted."""
    assert all_three(partner, iat=after(-10))


def test_ensure_dpopproof_with_iat_10seconds_after_succeeds(
    partner: HoldingSigningPartner,
) -> None:
    """Iat 10 seconds ahead is accepted."""
    assert all_three(partner, iat=after(10))


def test_ensure_mismatched_dpop_jkt_fails(partner: HoldingSigningPartner) -> None:
    """At PAR, a proof by another key than dpop_jkt: refused."""
    answer = push(partner, dpop_jkt=OTHER.jkt)
    assert answer.status_code == 400
    assert body(answer)["error"] in REFUSED


def test_ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt(
    signed_in: Resident, partner: HoldingSigningPartner
) -> None:
    """The key of the proof at PAR, another one at the token endpoint: refused."""
    came = shared(signed_in, open_(signed_in, partner, pushed(partner)))
    partner.holder = OTHER
    answer = redeem(partner, came["code"])
    assert answer.status_code == 400
    assert body(answer)["error"] in REFUSED


def test_ensure_token_endpoint_fails_with_mismatched_dpop_jkt(
    partner: HoldingSigningPartner,
) -> None:
    """dpop_jkt of another key than the one at the token endpoint: refused."""
    issued = factories.grant(partner.application, dpop_jkt=OTHER.jkt)
    answer = redeem(partner, issued.code)
    assert answer.status_code == 400
    assert body(answer)["error"] in REFUSED


def test_ensure_dpopproof_at_par_endpoint_binding_success(
    signed_in: Resident, partner: HoldingSigningPartner
) -> None:
    """A proof at PAR binds the code to its key."""
    came = shared(signed_in, open_(signed_in, partner, pushed(partner)))
    assert redeem(partner, came["code"]).status_code == 200


def test_ensure_dpop_auth_code_binding_success(
    signed_in: Resident, partner: HoldingSigningPartner
) -> None:
    """dpop_jkt alone binds it too."""
    asked = parameters(partner.application, dpop_jkt=partner.holder.jkt)
    answer = partner.post("/par", asked, DPoP="")
    assert answer.status_code == 201
    came = shared(signed_in, open_(signed_in, partner, body(answer)["request_uri"]))
    assert redeem(partner, came["code"]).status_code == 200


def test_dpop_negative_tests(partner: HoldingSigningPartner) -> None:
    """Each spoilt proof at the resource: 400 or 401; then a right one goes through."""
    token = partner.tokens()["access_token"]
    statuses = {}
    for name, header, _reason in HEADERS:
        proof = partner.holder.proof("GET", "/userinfo", token, header=header)
        statuses[name] = partner.userinfo(token, DPoP=proof).status_code
    for name, claims, _reason in CLAIMS:
        if "post" not in claims.values():
            proof = partner.holder.proof("GET", "/userinfo", token, **claims)
            statuses[name] = partner.userinfo(token, DPoP=proof).status_code
    right = partner.holder.proof("GET", "/userinfo", token)
    twice = partner.holder.proof("GET", "/userinfo", token)
    spoilt = {
        "two headers": f"{right},{twice}",
        "malformed": "x",
        "no ath": partner.holder.proof("GET", "/userinfo"),
        "another ath": partner.holder.proof("GET", "/userinfo", "another"),
        "another key": OTHER.proof("GET", "/userinfo", token),
        "none": "",
    }
    for name, proof in spoilt.items():
        statuses[name] = partner.userinfo(token, DPoP=proof).status_code
    statuses["bearer"] = partner.userinfo(token, Authorization=f"Bearer {token}").status_code
    assert {name for name, status in statuses.items() if status not in {400, 401}} == set()
    assert len(statuses) > 25
    ignored: dict[str, Any] = {"htu": "http://localhost:8000/userinfo?a=b#c", "more": "ours"}
    assert partner.userinfo(token, DPoP=right).status_code == 200
    assert refused(partner.userinfo(token, DPoP=right), "invalid_dpop_proof", 401)
    proof = partner.holder.proof("GET", "/userinfo", token, **ignored)
    assert partner.userinfo(token, DPoP=proof).status_code == 200
