"""Proof Key for Code Exchange at the token endpoint: RFC 7636."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Account
from clients.models import Application
from tests import factories
from tests.factories import VERIFIER
from tests.protocol.partner import Partner, refused
from tests.protocol.resident import Resident, sent


class TestVerification:
    """§4.6."""

    def test_the_vector_of_appendix_b_verifies(self, partner: Partner) -> None:
        issued = factories.grant(
            partner.application, code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        )
        verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        assert partner.exchange(issued, code_verifier=verifier).status_code == 200

    @pytest.mark.parametrize(
        "verifier",
        [
            "",
            VERIFIER + "0",
            VERIFIER.upper(),
            factories.challenge(),
            "short",
            "x" * 129,
            "é" * 43,
            "a b" * 20,
        ],
    )
    def test_a_wrong_verifier_is_refused(self, public_partner: Partner, verifier: str) -> None:
        issued = factories.grant(public_partner.application)
        response = public_partner.exchange(issued, code_verifier=verifier)
        assert refused(response, "invalid_grant")

    @pytest.mark.parametrize("length", [43, 128])
    def test_the_shortest_and_the_longest_verifier_work(
        self, partner: Partner, length: int
    ) -> None:
        verifier = "~" * length
        issued = factories.grant(partner.application, code_challenge=factories.challenge(verifier))
        assert partner.exchange(issued, code_verifier=verifier).status_code == 200


class TestDowngrade:
    """RFC 9700 §4.8.2."""

    def test_a_verifier_for_a_code_without_a_challenge_is_refused(self, partner: Partner) -> None:
        issued = factories.grant(partner.application, code_challenge="")
        assert refused(partner.exchange(issued), "invalid_grant")
        assert partner.exchange(issued, code_verifier="").status_code == 200


class TestPolicy:
    """RFC 9700 §2.1.1: who may do without; whoever sends a challenge is held to it."""

    WITHOUT = {"code_challenge": None, "code_challenge_method": None, "nonce": None}

    @pytest.fixture
    def spared(self) -> Partner:
        return Partner.confidential(pkce="optional")

    def code(self, resident: Resident, partner: Partner, **changes: str | None) -> dict[str, str]:
        """Return right parameters of a token request for a new code."""
        return {
            "grant_type": "authorization_code",
            "code": resident.answer(partner.application, **changes)["code"],
            "redirect_uri": factories.REDIRECT_URI,
        }

    def test_an_application_that_may_sends_neither_challenge_nor_nonce(
        self, resident: Resident, account: Account, spared: Partner
    ) -> None:
        resident.sign_in(account)
        answer = spared.post("/token", self.code(resident, spared, **self.WITHOUT))
        assert answer.status_code == 200

    def test_a_verifier_without_a_challenge_is_refused(
        self, resident: Resident, account: Account, spared: Partner
    ) -> None:
        resident.sign_in(account)
        exchange = self.code(resident, spared, **self.WITHOUT)
        answer = spared.post("/token", {**exchange, "code_verifier": VERIFIER})
        assert refused(answer, "invalid_grant")

    def test_a_challenge_once_sent_binds_the_code(
        self, resident: Resident, account: Account, spared: Partner
    ) -> None:
        resident.sign_in(account)
        exchange = self.code(resident, spared)
        assert refused(spared.post("/token", exchange), "invalid_grant")
        answer = spared.post("/token", {**exchange, "code_verifier": VERIFIER})
        assert answer.status_code == 200

    @pytest.mark.parametrize(
        "changes",
        [
            {"code_challenge": None},
            {"code_challenge_method": None},
            {"code_challenge_method": "plain"},
            {"code_challenge": "short"},
        ],
    )
    def test_half_a_challenge_is_no_wish_to_do_without(
        self, resident: Resident, spared: Partner, changes: dict[str, str | None]
    ) -> None:
        answer = sent(resident.ask(spared.application, **changes))
        assert answer["error"] == "invalid_request"

    def test_any_other_must_send_one(self, resident: Resident, partner: Partner) -> None:
        answer = sent(resident.ask(partner.application, **self.WITHOUT))
        assert answer["error"] == "invalid_request"
        assert "code_challenge" in answer["error_description"]

    @pytest.mark.parametrize("public, profile", [(True, "standard"), (False, "high")])
    def test_nobody_who_keeps_no_secret_or_is_held_to_more_can_be_spared(
        self, *, public: bool, profile: str
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.application(public=public, profile=profile, pkce=Application.Pkce.OPTIONAL)
