"""Modules of proofs by DPoP (RFC 9449 §4)."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.fapi.client import PAR, TOKEN, HighClient
from tests.protocol.conformance.fapi.provider import HighProvider
from tests.protocol.conformance.fapi.refusing import denied
from tests.protocol.conformance.fapi.test_of_all import held
from tests.protocol.dpop.holder import Holder
from tests.protocol.signing import encoded, signing_key

PLANS = ("fapi2-key-dpop", "fapi2-client-credentials", "fapi2-message-signing")
OTHER = Holder(signing_key("ES256", "another"))
HOUR = 3600


def is_taken(high: HighProvider, client: HighClient, agent: Browser, **claims: Any) -> bool:
    """Say whether proofs with these claims are taken at PAR, token endpoint and resource."""
    client.know_nonce()
    if not client.variant.for_itself:
        proof = client.proof("POST", client.address(PAR), **claims)
        assert client.pushed(client.request(), proof=proof)
    at_token = client.proof("POST", client.address(TOKEN), **claims)
    if client.variant.for_itself:
        answer = client.own_token(proof=at_token)
    else:
        answer = client.redeem(client.code_for(agent), proof=at_token)
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    _token, address = held(high, client, agent)
    proof = client.proof("GET", address, token, **claims)
    return client.ask_resource(address, token, DPoP=proof).status_code == 200


def test_fapi2_security_profile_final_check_dpop_proof_nbf_exp(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """A proof may have `nbf` and `exp` too (§4.2 names neither)."""
    now = high.now()
    assert is_taken(high, first, agent, nbf=now - 1, exp=now + 60)


def test_fapi2_security_profile_final_ensure_dpopproof_with_iat_10seconds_before_succeeds(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """`iat` 10 s ago is taken (Security Profile §5.3.2.1)."""
    assert is_taken(high, first, agent, iat=high.now() - 10)


def test_fapi2_security_profile_final_ensure_dpopproof_with_iat_10seconds_after_succeeds(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """`iat` up to 10 s ahead is taken (Security Profile §5.3.2.1)."""
    # The suite's own sends 8, so that its time on the way does not count.
    assert is_taken(high, first, agent, iat=high.now() + 8)


def test_fapi2_security_profile_final_dpop_negative_tests(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """At the resource, each proof that §4.3 or the profile refuses: 400 or 401.

    Two headers; none; nonsense; typ, alg, jwk, jti, htm, htu, iat, ath missing or wrong; RS256,
    none, a signature that does not fit, a private key; another method, address, token or key; an
    hour early or late; the scheme Bearer. Query and fragment of htu and unknown claims do not
    matter. A jti again is refused too (§11.1: the suite would only warn).
    """
    token, address = held(high, first, agent)
    first.know_nonce()
    for name, proof in spoilt(first, address, token):
        answer = first.ask_resource(address, token, DPoP=proof)
        assert denied(answer), name
    right = [("Authorization", f"DPoP {token}")]
    both = [("DPoP", first.proof("GET", address, token)) for _ in range(2)]
    assert denied(first.http.get(address, headers=right + both))
    as_bearer = {"Authorization": f"Bearer {token}"}
    assert denied(first.ask_resource(address, token, **as_bearer))
    assert denied(first.ask_resource(address, token, DPoP="", **as_bearer))
    for ignored in ({"htu": f"{address}?a=b#c"}, {"unheard_of": "claim"}):
        proof = first.proof("GET", address, token, **ignored)
        assert first.ask_resource(address, token, DPoP=proof).status_code == 200
        assert denied(first.ask_resource(address, token, DPoP=proof))


def spoilt(client: HighClient, address: str, token: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, and a proof that is right in all else."""

    def proof(header: dict[str, Any] | None = None, **claims: Any) -> str:
        return client.proof("GET", address, token, header=header, **claims)

    yield "no proof", ""
    yield "nonsense", "not.a.jwt"
    for member in ("typ", "alg", "jwk"):
        yield f"no {member}", proof({member: None})
    for claim in ("jti", "htm", "htu", "iat", "ath"):
        yield f"no {claim}", proof(**{claim: None})
    yield "typ of any JWT", proof({"typ": "JWT"})
    yield "RS256", _by_rs256(client, address, token)
    yield "alg that does not fit the key", proof({"alg": "PS256"})
    yield "none", proof({"alg": "none"}).rpartition(".")[0] + "."
    yield "a signature that was changed", _changed(proof())
    yield "a private key", proof({"jwk": {**client.holder.jwk, "d": encoded(b"x" * 32)}})
    yield "another method", proof(htm="POST")
    yield "another path", proof(htu=f"{address}/other")
    yield "another host", proof(htu="https://other.example/userinfo")
    yield "another token", client.proof("GET", address, "another")
    yield "another key", _by_another(client, address, token)
    yield "an hour ago", proof(iat=client.provider.now() - HOUR)
    yield "in an hour", proof(iat=client.provider.now() + HOUR)


def _by_another(client: HighClient, address: str, token: str) -> str:
    now, nonce = client.provider.now(), client.nonce
    return OTHER.proof("GET", "", token, htu=address, iat=now, nonce=nonce)


def _by_rs256(client: HighClient, address: str, token: str) -> str:
    claims = client.holder.claims("GET", "", token)
    claims |= {"htu": address, "iat": client.provider.now(), "nonce": client.nonce}
    public = {name: value for name, value in client.rsa.jwk.items() if name != "kid"}
    return client.rsa.sign(claims, typ="dpop+jwt", kid=None, jwk=public)


def _changed(proof: str) -> str:
    signed, _, signature = proof.rpartition(".")
    raw = bytearray(urlsafe_b64decode(f"{signature}=="))
    raw[5] ^= 1
    assert json.loads(urlsafe_b64decode(signed.partition(".")[0] + "=="))
    return f"{signed}.{encoded(bytes(raw))}"
