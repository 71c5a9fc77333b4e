"""Proof Key for Code Exchange at the token endpoint: RFC 7636."""

import pytest

from tests import factories
from tests.factories import VERIFIER
from tests.protocol.partner import Partner, refused


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
