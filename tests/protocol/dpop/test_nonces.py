"""RFC 9449 §8, §9, §11.1: proofs are new, by a nonce of ours, and good for one request."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.retention.operations import purge
from idp.models import UsedJti
from idp.oidc.dpop import nonces
from idp.oidc.dpop.proof import LIFETIME
from idp.trail.entry import Entry
from tests import factories
from tests.protocol.dpop.holder import Holder, HoldingPartner
from tests.protocol.dpop.test_bound_tokens import exchange
from tests.protocol.partner import body, refused
from tests.protocol.signing import signing_key
from tests.protocol.test_rfc6750_bearer import challenge
from tests.protocol.test_statement_counts import statements


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield travelling


class TestAtTheTokenEndpoint:
    @pytest.mark.parametrize("nonce", [None, "", "x", "k1:x", "é", "x" * 5000, "nokey:abc"])
    def test_without_one_of_ours_a_proof_is_to_be_made_again(
        self, partner: HoldingPartner, nonce: str | None
    ) -> None:
        issued = factories.grant(partner.application)
        proof = partner.holder.proof("POST", "/token", nonce=nonce)
        answer = exchange(partner, issued.code, DPoP=proof)
        if nonce == "é":
            assert refused(answer, "invalid_dpop_proof")
            return
        assert refused(answer, "use_dpop_nonce")
        again = partner.holder.proof("POST", "/token", nonce=answer["DPoP-Nonce"])
        assert exchange(partner, issued.code, DPoP=again).status_code == 200

    def test_to_be_given_one_is_no_refusal_in_the_partners_eyes(
        self, partner: HoldingPartner, noted: list[Entry]
    ) -> None:
        issued = factories.grant(partner.application)
        exchange(partner, issued.code, DPoP=partner.holder.proof("POST", "/token", nonce=None))
        told = [(one.outcome, one.reason, one.status) for one in noted]
        assert told == [("begun", "dpop_nonce_missing", 400)]

    def test_the_next_one_comes_with_each_answer(self, partner: HoldingPartner) -> None:
        """§8.2."""
        answer = partner.exchange(factories.grant(partner.application))
        assert answer["DPoP-Nonce"] == nonces.current(timezone.now())
        assert "DPoP-Nonce" not in partner.revoke("x")

    def test_it_is_good_for_three_minutes_and_not_for_ten(
        self, partner: HoldingPartner, clock: time_machine.Traveller
    ) -> None:
        nonce = nonces.current(timezone.now())
        clock.shift(timedelta(minutes=3))
        proof = partner.holder.proof("POST", "/token", nonce=nonce)
        issued = factories.grant(partner.application)
        assert exchange(partner, issued.code, DPoP=proof).status_code == 200
        clock.shift(timedelta(minutes=7))
        late = partner.holder.proof("POST", "/token", nonce=nonce)
        again = factories.grant(partner.application)
        assert refused(exchange(partner, again.code, DPoP=late), "use_dpop_nonce")

    def test_another_key_of_ours_that_is_still_known_made_it(
        self, partner: HoldingPartner, settings: object
    ) -> None:
        nonce = nonces.current(timezone.now())
        settings.HASH_KEYS = {"new": "n" * 43, **settings.HASH_KEYS}  # type: ignore[attr-defined]
        proof = partner.holder.proof("POST", "/token", nonce=nonce)
        answer = partner.post("/token", {"grant_type": "refresh_token"}, DPoP=proof)
        assert body(answer)["error"] == "invalid_request"  # the proof itself was right


class TestAtUserinfo:
    def test_a_proof_without_one_is_to_be_made_again(self, partner: HoldingPartner) -> None:
        """§9."""
        token = partner.tokens()["access_token"]
        proof = partner.holder.proof("GET", "/userinfo", token, nonce=None)
        answer = partner.userinfo(token, DPoP=proof)
        assert refused(answer, "use_dpop_nonce", 401)
        assert challenge(answer).startswith('DPoP realm="userinfo", error="use_dpop_nonce"')
        again = partner.holder.proof("GET", "/userinfo", token, nonce=answer["DPoP-Nonce"])
        assert partner.userinfo(token, DPoP=again).status_code == 200


class TestOnce:
    def test_a_proof_is_good_for_one_request(self, partner: HoldingPartner) -> None:
        token = partner.tokens()["access_token"]
        proof = partner.holder.proof("GET", "/userinfo", token)
        assert partner.userinfo(token, DPoP=proof).status_code == 200
        assert refused(partner.userinfo(token, DPoP=proof), "invalid_dpop_proof", 401)

    def test_at_the_token_endpoint_too(self, partner: HoldingPartner) -> None:
        proof = partner.holder.proof("POST", "/token")
        first, second = (factories.grant(partner.application) for _ in range(2))
        assert exchange(partner, first.code, DPoP=proof).status_code == 200
        assert refused(exchange(partner, second.code, DPoP=proof), "invalid_dpop_proof")

    def test_whoever_has_no_key_uses_up_no_name_of_its_proofs(
        self, partner: HoldingPartner
    ) -> None:
        """Else anybody could block an application whose `jti` they foresee."""
        other = Holder(signing_key("ES256", "other"))
        theirs = other.proof("POST", "/token", jti="1")
        partner.post("/token", {"grant_type": "refresh_token"}, DPoP=theirs)
        issued = factories.grant(partner.application)
        ours = partner.holder.proof("POST", "/token", jti="1")
        assert exchange(partner, issued.code, DPoP=ours).status_code == 200

    def test_it_is_remembered_until_it_would_be_refused_anyhow(
        self, partner: HoldingPartner, clock: time_machine.Traveller
    ) -> None:
        proof = partner.holder.proof("POST", "/token")
        partner.post("/token", {"grant_type": "refresh_token"}, DPoP=proof)
        clock.shift(LIFETIME - timedelta(seconds=1))
        purge(now=timezone.now())
        assert UsedJti.objects.exists()
        clock.shift(timedelta(seconds=2))
        purge(now=timezone.now())
        assert not UsedJti.objects.exists()

    def test_nothing_of_it_is_kept_in_clear(self, partner: HoldingPartner) -> None:
        partner.tokens()
        assert UsedJti.objects.get().jti_hash.isalnum()


class TestWhatItCosts:
    """One statement more than without a proof, wherever one is checked."""

    def test_a_token_request(self, partner: HoldingPartner) -> None:
        plain, bound = (factories.grant(partner.application) for _ in range(2))
        partner.tokens()
        without = statements(lambda: exchange(partner, plain.code, DPoP=""))
        assert statements(lambda: exchange(partner, bound.code)) == without + 1

    def test_userinfo(self, partner: HoldingPartner) -> None:
        issued = factories.grant(partner.application)
        bearer = body(exchange(partner, issued.code, DPoP=""))["access_token"]
        header = {"Authorization": f"Bearer {bearer}", "DPoP": ""}
        without = statements(lambda: partner.userinfo(bearer, **header))
        token = partner.tokens()["access_token"]
        assert statements(lambda: partner.userinfo(token)) == without + 1

    def test_a_proof_that_is_refused(self, partner: HoldingPartner) -> None:
        """Whoever sends nonsense makes us do no more than read the token's row."""
        token = partner.tokens()["access_token"]
        proof = partner.holder.proof("GET", "/userinfo", token, htm="POST")
        assert statements(lambda: partner.userinfo(token, DPoP=proof)) == 1
