"""RFC 9449 §4.3: each proof that must be refused, at the token endpoint and by userinfo."""

import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from idp.models import UsedJti
from tests import factories
from tests.protocol.dpop.holder import Holder, HoldingPartner, after
from tests.protocol.partner import body, refused
from tests.protocol.signing import encoded, signing_key
from tests.protocol.test_rfc6750_bearer import challenge

OTHERS = signing_key("ES256", "another")
WEAK = {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}
PRIVATE = {"d": encoded(b"x" * 32)}
# What is wrong with the header of the JWT, and the reason that the log gives.
HEADERS: list[tuple[str, dict[str, Any], str]] = [
    ("no typ", {"typ": None}, "dpop_wrong_typ"),
    ("typ of any JWT", {"typ": "JWT"}, "dpop_wrong_typ"),
    ("typ of an access token", {"typ": "at+jwt"}, "dpop_wrong_typ"),
    ("typ that is no text", {"typ": ["dpop+jwt"]}, "dpop_wrong_typ"),
    ("no alg", {"alg": None}, "dpop_algorithm"),
    ("none", {"alg": "none"}, "dpop_algorithm"),
    ("RS256", {"alg": "RS256"}, "dpop_algorithm"),
    ("HS256", {"alg": "HS256"}, "dpop_algorithm"),
    ("alg of another kind of key", {"alg": "PS256"}, "dpop_key"),
    ("no jwk", {"jwk": None}, "dpop_key"),
    ("jwk that is no object", {"jwk": "key"}, "dpop_key"),
    ("jwk of nothing", {"jwk": {}}, "dpop_key"),
    ("key by which anything is signed", {"alg": "EdDSA", "jwk": WEAK}, "dpop_key"),
    ("symmetric key", {"jwk": {"kty": "oct", "k": "c2VjcmV0"}}, "dpop_private_key"),
    ("private key", {"jwk": {**Holder().jwk, **PRIVATE}}, "dpop_private_key"),
    ("point off the curve", {"jwk": {**Holder().jwk, "x": encoded(b"1" * 32)}}, "dpop_key"),
    ("another's key", {"jwk": {**OTHERS.jwk}}, "dpop_wrong_signature"),
    ("a list of extensions", {"crit": ["exp"]}, "dpop_header_member"),
    ("a certificate", {"x5c": ["MIIB"]}, "dpop_header_member"),
    ("where to get a key", {"jku": "https://evil.example"}, "dpop_header_member"),
]
CLAIMS: list[tuple[str, dict[str, Any], str]] = [
    *[(f"no {name}", {name: None}, "dpop_claim_missing") for name in ("jti", "htm", "htu", "iat")],
    ("empty jti", {"jti": ""}, "dpop_claim_malformed"),
    ("jti that is a number", {"jti": 7}, "dpop_claim_malformed"),
    ("htm that is a list", {"htm": ["POST", "GET"]}, "dpop_claim_malformed"),
    ("iat as a text", {"iat": "1790000000"}, "dpop_claim_malformed"),
    ("iat that is true", {"iat": True}, "dpop_claim_malformed"),
    ("nonce that is a number", {"nonce": 1}, "dpop_claim_malformed"),
    ("another method", {"htm": "PUT"}, "dpop_wrong_method"),
    ("the method in small letters", {"htm": "post"}, "dpop_wrong_method"),
    ("another path", {"htu": "http://localhost:8000/par"}, "dpop_wrong_address"),
    ("another host", {"htu": "http://evil.example/token"}, "dpop_wrong_address"),
    ("another scheme", {"htu": "https://localhost:8000/token"}, "dpop_wrong_address"),
    ("another port", {"htu": "http://localhost:8001/token"}, "dpop_wrong_address"),
    ("a name before the host", {"htu": "http://a@localhost:8000/token"}, "dpop_wrong_address"),
    ("a line break", {"htu": "http://localhost:8000/to\nken"}, "dpop_wrong_address"),
    ("a tab", {"htu": "\thttp://localhost:8000/token"}, "dpop_wrong_address"),
    ("a space after it", {"htu": "http://localhost:8000/token "}, "dpop_wrong_address"),
    ("no address", {"htu": "/token"}, "dpop_wrong_address"),
    ("a port that is none", {"htu": "http://localhost:99999999/token"}, "dpop_wrong_address"),
    ("an hour ago", {"iat": after(-3600)}, "dpop_too_old"),
    ("in an hour", {"iat": after(3600)}, "dpop_not_yet"),
    ("over a minute ahead", {"iat": after(120)}, "dpop_not_yet"),
    ("not before in an hour", {"nbf": after(3600)}, "dpop_not_yet"),
    ("expired", {"exp": after(-1)}, "dpop_too_old"),
]


def at_token(partner: HoldingPartner, proof: str, caplog: pytest.LogCaptureFixture) -> str:
    """Return why the token endpoint refuses the proof, and the code is still good."""
    issued = factories.grant(partner.application)
    parameters = {
        "grant_type": "authorization_code",
        "code": issued.code,
        "redirect_uri": factories.REDIRECT_URI,
        "code_verifier": factories.VERIFIER,
    }
    answer = partner.post("/token", parameters, DPoP=proof)
    assert refused(answer, "invalid_dpop_proof")
    assert not UsedJti.objects.exists()
    reason = caplog.records[-1].getMessage().partition("(")[2].partition(")")[0]
    assert partner.exchange(issued).status_code == 200
    return reason


class TestAtTheTokenEndpoint:
    @pytest.mark.parametrize(
        "header, reason", [row[1:] for row in HEADERS], ids=[row[0] for row in HEADERS]
    )
    def test_a_header(
        self,
        partner: HoldingPartner,
        header: dict[str, Any],
        reason: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        proof = partner.holder.proof("POST", "/token", header=header)
        assert at_token(partner, proof, caplog) == reason

    @pytest.mark.parametrize(
        "claims, reason", [row[1:] for row in CLAIMS], ids=[row[0] for row in CLAIMS]
    )
    def test_claims(
        self,
        partner: HoldingPartner,
        claims: dict[str, Any],
        reason: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        proof = partner.holder.proof("POST", "/token", **claims)
        assert at_token(partner, proof, caplog) == reason

    @pytest.mark.parametrize(
        "proof",
        ["x", "a.b.c", "..", "x" * 20_000, "é" * 20, "{}", "a.b.c.d.e", " "],
    )
    def test_nonsense(
        self, partner: HoldingPartner, proof: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        text = proof.encode().decode("latin-1")
        assert at_token(partner, text, caplog) == "dpop_not_a_jwt"

    def test_two_at_once(self, partner: HoldingPartner, caplog: pytest.LogCaptureFixture) -> None:
        """§4.3 item 1: a server hands two headers of one name over joined by a comma."""
        both = ",".join(partner.holder.proof("POST", "/token") for _ in range(2))
        assert at_token(partner, both, caplog) == "dpop_not_a_jwt"

    def test_a_signature_that_was_changed(
        self, partner: HoldingPartner, caplog: pytest.LogCaptureFixture
    ) -> None:
        signed, _, signature = partner.holder.proof("POST", "/token").rpartition(".")
        raw = bytearray(urlsafe_b64decode(signature + "=="))
        raw[5] ^= 1
        spoilt = f"{signed}.{encoded(bytes(raw))}"
        assert at_token(partner, spoilt, caplog) == "dpop_wrong_signature"

    def test_claims_put_under_another_signature(
        self, partner: HoldingPartner, caplog: pytest.LogCaptureFixture
    ) -> None:
        head, _, signature = partner.holder.proof("POST", "/token").split(".")
        claims = encoded(json.dumps(partner.holder.claims("POST", "/token")).encode())
        spoilt = f"{head}.{claims}.{signature}"
        assert at_token(partner, spoilt, caplog) == "dpop_wrong_signature"

    def test_a_weak_key(self, partner: HoldingPartner, caplog: pytest.LogCaptureFixture) -> None:
        weak = Holder(signing_key("PS256", "weak", bits=1024))
        assert at_token(partner, weak.proof("POST", "/token"), caplog) == "dpop_key"

    @pytest.mark.parametrize("algorithm", ["ES256", "PS256", "EdDSA"])
    def test_each_algorithm_of_the_metadata_is_taken(self, algorithm: str) -> None:
        partner = HoldingPartner.confidential()
        partner.holder = Holder(signing_key(algorithm))
        metadata = body(partner.http.get("/.well-known/openid-configuration"))
        assert algorithm in metadata["dpop_signing_alg_values_supported"]
        assert partner.tokens()["token_type"] == "DPoP"

    def test_eddsa_by_its_newer_name_is_taken(self, partner: HoldingPartner) -> None:
        """RFC 9864 §2.2."""
        partner.holder = Holder(signing_key("EdDSA"))
        proof = partner.holder.proof("POST", "/token", header={"alg": "Ed25519"})
        answer = partner.post("/token", {"grant_type": "refresh_token"}, DPoP=proof)
        assert body(answer)["error"] == "invalid_request"  # the proof itself was right

    @pytest.mark.parametrize(
        "changes",
        [
            {"iat": after(-10)},
            {"iat": after(10)},
            {"iat": after(0.5)},
            {"nbf": after(-5), "exp": after(300)},
            {"more": {"of": ["ours"]}},
            {"htu": "http://localhost:8000/token?query=1#fragment"},
            {"htu": "HTTP://LOCALHOST:8000/token"},
            {"htu": "http://localhost:8000/%74oken"},
        ],
        ids=str,
    )
    def test_what_must_not_matter_does_not(
        self, partner: HoldingPartner, changes: dict[str, Any]
    ) -> None:
        proof = partner.holder.proof("POST", "/token", **changes)
        answer = partner.post("/token", {"grant_type": "refresh_token"}, DPoP=proof)
        assert body(answer)["error"] == "invalid_request"  # the proof itself was right


class TestAtUserinfo:
    @pytest.mark.parametrize(
        "header, claims",
        [(row[1], {}) for row in HEADERS]
        + [({}, row[1]) for row in CLAIMS if "post" not in row[1].values()],
        ids=[row[0] for row in HEADERS]
        + [row[0] for row in CLAIMS if "post" not in row[1].values()],
    )
    def test_it_is_refused(
        self, partner: HoldingPartner, header: dict[str, Any], claims: dict[str, Any]
    ) -> None:
        token = partner.tokens()["access_token"]
        claims = (
            {**claims, "htu": claims["htu"].replace("/token", "/users")}
            if claims.get("htu")
            else claims
        )
        proof = partner.holder.proof("GET", "/userinfo", token, header=header, **claims)
        assert_refused(partner, token, proof)

    @pytest.mark.parametrize("ath", [None, "", "x", encoded(b"1" * 32)])
    def test_one_that_was_made_for_no_token_or_another_is_refused(
        self, partner: HoldingPartner, ath: str | None
    ) -> None:
        """§4.3 item 11."""
        token = partner.tokens()["access_token"]
        assert_refused(partner, token, partner.holder.proof("GET", "/userinfo", token, ath=ath))

    def test_one_for_the_token_endpoint_is_refused(self, partner: HoldingPartner) -> None:
        token = partner.tokens()["access_token"]
        assert_refused(partner, token, partner.holder.proof("POST", "/token", token))

    def test_none_is_refused(self, partner: HoldingPartner) -> None:
        assert_refused(partner, partner.tokens()["access_token"], "")


def assert_refused(partner: HoldingPartner, token: str, proof: str) -> None:
    answer = partner.userinfo(token, DPoP=proof)
    assert refused(answer, "invalid_dpop_proof", 401)
    assert challenge(answer).startswith('DPoP realm="userinfo", error="invalid_dpop_proof"')
    assert partner.userinfo(token).status_code == 200
