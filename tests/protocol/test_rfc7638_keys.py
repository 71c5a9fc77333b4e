"""Names of keys: RFC 7638; and their states in the life of a token."""

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from idp.keys import operations
from idp.keys.material import Algorithm, thumbprint
from idp.keys.rules import KEYS_KEPT_BY_SERVICES
from tests.protocol import tokens
from tests.protocol.partner import Partner, body


class TestThumbprint:
    """§3.1."""

    def test_the_example_of_the_specification(self) -> None:
        modulus = (
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSo"
            "c_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YG"
            "jQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt"
            "-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDK"
            "gw"
        )
        key = {"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}
        assert thumbprint(key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"

    def test_the_example_for_octet_key_pairs(self) -> None:
        """RFC 8037 Appendix A.3."""
        key = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        assert thumbprint({**key, "use": "sig"}) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

    def test_every_published_key_is_named_by_it(self) -> None:
        keys = body(Client(headers={"host": "localhost"}).get("/jwks"))["keys"]
        assert keys
        assert all(key["kid"] == thumbprint(key) for key in keys)


class TestLifeOfAKey:
    """Published before it signs, and for as long as anything it signed may be shown."""

    def published(self) -> set[str]:
        keys = body(Client(headers={"host": "localhost"}).get("/jwks"))["keys"]
        return {key["kid"] for key in keys if key["alg"] == "ES256"}

    def test_the_next_key_was_published_before_its_first_token(self, partner: Partner) -> None:
        before = self.published()
        operations.rotate(Algorithm.ES256, by=OPERATOR)
        assert tokens.header(partner.tokens()["id_token"])["kid"] in before

    def test_after_two_rotations_the_first_key_still_verifies(self, partner: Partner) -> None:
        token = partner.tokens()["id_token"]
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for _ in range(2):
                operations.rotate(Algorithm.ES256, by=OPERATOR)
                clock.shift(KEYS_KEPT_BY_SERVICES)
        assert tokens.claims(token, partner.application.client_id)
        assert len(self.published()) == 4

    def test_a_revoked_key_is_published_no_more_and_a_known_one_signs(
        self, partner: Partner
    ) -> None:
        before = self.published()
        kid = tokens.header(partner.tokens()["id_token"])["kid"]
        operations.revoke(kid, by=OPERATOR)
        assert kid not in self.published()
        assert tokens.header(partner.tokens()["id_token"])["kid"] in before - {kid}
