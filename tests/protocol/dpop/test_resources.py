"""RFC 9449 §7: a bound token at our own endpoints, and what they say to whoever lacks the key."""

import pytest

from tests import factories
from tests.protocol.dpop.holder import Holder, HoldingPartner
from tests.protocol.partner import Partner, body, refused
from tests.protocol.receiver import EVENTFUL, STREAM
from tests.protocol.signing import signing_key
from tests.protocol.test_rfc6750_bearer import EITHER, challenge

OTHER = Holder(signing_key("ES256", "other"))


class TestUserinfo:
    @pytest.mark.parametrize("scheme", ["DPoP", "dpop", "DPOP", "dPOP"])
    def test_the_holder_of_the_key_is_answered(self, partner: HoldingPartner, scheme: str) -> None:
        token = partner.tokens()["access_token"]
        answer = partner.userinfo(token, Authorization=f"{scheme} {token}")
        assert answer.status_code == 200
        assert "sub" in body(answer)

    def test_so_is_one_who_posts(self, partner: HoldingPartner) -> None:
        token = partner.tokens()["access_token"]
        headers = {
            "Authorization": f"DPoP {token}",
            "DPoP": partner.holder.proof("POST", "/userinfo", token),
        }
        assert partner.http.post("/userinfo", headers=headers).status_code == 200

    def test_as_a_bearer_token_it_is_refused(self, partner: HoldingPartner) -> None:
        """§7.2: whoever stole the token has no more than the token."""
        token = partner.tokens()["access_token"]
        for proof in ("", partner.holder.proof("GET", "/userinfo", token)):
            answer = partner.userinfo(token, Authorization=f"Bearer {token}", DPoP=proof)
            assert refused(answer, "invalid_token", 401)
            assert challenge(answer).startswith('DPoP realm="userinfo", error="invalid_token"')

    def test_in_a_form_it_is_refused(self, partner: HoldingPartner) -> None:
        token = partner.tokens()["access_token"]
        proof = partner.holder.proof("POST", "/userinfo", token)
        answer = partner.raw("/userinfo", f"access_token={token}", DPoP=proof)
        assert refused(answer, "invalid_token", 401)

    def test_with_another_key_it_is_refused(self, partner: HoldingPartner) -> None:
        token = partner.tokens()["access_token"]
        answer = partner.userinfo(token, DPoP=OTHER.proof("GET", "/userinfo", token))
        assert refused(answer, "invalid_token", 401)

    def test_a_token_that_is_bound_to_nothing_gains_nothing_by_the_scheme(self) -> None:
        plain = Partner.confidential()
        token = plain.tokens()["access_token"]
        headers = {
            "Authorization": f"DPoP {token}",
            "DPoP": OTHER.proof("GET", "/userinfo", token),
        }
        answer = plain.http.get("/userinfo", headers=headers)
        assert refused(answer, "invalid_token", 401)
        assert challenge(answer).startswith('Bearer realm="userinfo", error="invalid_token"')

    def test_a_wrong_token_is_refused_by_the_scheme_that_it_came_by(
        self, partner: HoldingPartner
    ) -> None:
        answer = partner.userinfo("nonsense")
        assert refused(answer, "invalid_token", 401)
        assert challenge(answer).startswith('DPoP realm="userinfo", error="invalid_token"')

    def test_without_a_token_both_schemes_are_named(self, partner: HoldingPartner) -> None:
        answer = partner.http.get("/userinfo")
        assert challenge(answer) == EITHER.format("userinfo")

    def test_a_page_may_send_a_proof_and_read_the_nonce(
        self, public_partner: HoldingPartner
    ) -> None:
        """Fetch §3.2: a browser asks first which headers it may send."""
        origin = {"Origin": "https://service.example"}
        public_partner.application.redirect_uris = "https://service.example/callback"
        public_partner.application.save()
        asked = public_partner.http.options("/userinfo", headers=origin)
        assert "DPoP" in asked["Access-Control-Allow-Headers"]
        answer = public_partner.raw("/token", "grant_type=x", **origin)
        assert answer["DPoP-Nonce"]
        token = public_partner.post(
            "/token",
            {"grant_type": "refresh_token", "refresh_token": "x"},
            **origin,
        )
        assert "DPoP-Nonce" in token["Access-Control-Expose-Headers"]


class TestEventStreams:
    @pytest.fixture
    def receiver(self) -> HoldingPartner:
        return HoldingPartner.confidential(**EVENTFUL)

    def own_token(self, receiver: HoldingPartner) -> str:
        asked = {"grant_type": "client_credentials", "scope": "ssf.manage"}
        return str(body(receiver.post("/token", asked))["access_token"])

    def test_the_holder_of_the_key_is_answered(self, receiver: HoldingPartner) -> None:
        token = self.own_token(receiver)
        headers = {
            "Authorization": f"DPoP {token}",
            "DPoP": receiver.holder.proof("GET", STREAM, token),
        }
        assert receiver.http.get(STREAM, headers=headers).status_code in {200, 404}

    def test_nobody_else_is(self, receiver: HoldingPartner) -> None:
        token = self.own_token(receiver)
        bearer = {"Authorization": f"Bearer {token}"}
        answer = receiver.http.get(STREAM, headers=bearer)
        assert (answer.status_code, body(answer).get("error", "invalid_token")) == (
            401,
            "invalid_token",
        )
        other = {"Authorization": f"DPoP {token}", "DPoP": OTHER.proof("GET", STREAM, token)}
        assert receiver.http.get(STREAM, headers=other).status_code == 401

    def test_without_a_token_both_schemes_are_named(self, receiver: HoldingPartner) -> None:
        assert challenge(receiver.http.get(STREAM)) == EITHER.format("events")


def test_an_application_that_proved_itself_may_revoke_without_a_proof(
    partner: HoldingPartner,
) -> None:
    """RFC 7009: ending a token is of no use to a thief."""
    token = partner.tokens()["access_token"]
    assert partner.revoke(token).status_code == 200
    assert partner.userinfo(token).status_code == 401


def test_old_user_ids_are_for_the_application_itself(partner: HoldingPartner) -> None:
    """There the token says whom it is about; who calls is proved by the application's secret."""
    factories.old_user_id(partner.application, "ann.1970")
    parameters = {"access_token": partner.tokens()["access_token"], "old_user_id": "ann.1970"}
    assert partner.post("/old-user-ids", parameters).status_code == 200
