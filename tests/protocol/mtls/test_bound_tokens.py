"""RFC 8705 §3, §4: tokens are good in the hands of whoever has the certificate alone."""

from typing import Any

import pytest

from idp.models import RefreshToken
from tests import factories
from tests.protocol import tokens
from tests.protocol.dpop.holder import Holder
from tests.protocol.introspecting import ask
from tests.protocol.mtls.badges import BadgePartner, badge
from tests.protocol.mtls.conftest import MTLS
from tests.protocol.partner import body, refused
from tests.protocol.receiver import EVENTFUL, STREAM
from tests.protocol.test_rfc6750_bearer import challenge

BOUND: dict[str, Any] = {"certificate_bound_access_tokens": True}
OTHER = badge("other")


@pytest.fixture
def partner() -> BadgePartner:
    return BadgePartner.named(**BOUND)


@pytest.fixture
def public_partner() -> BadgePartner:
    row = factories.application(public=True, **BOUND)
    return BadgePartner(row, told=badge().told(verified=False))


class TestAtTheTokenEndpoint:
    def test_it_is_bound_to_the_certificate(self, partner: BadgePartner) -> None:
        """§3.1; it goes on as a bearer token (RFC 8705 §3)."""
        answer = partner.tokens()
        assert answer["token_type"] == "Bearer"
        claims = tokens.claims(answer["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"x5t#S256": badge().thumbprint}

    def test_who_did_not_ask_for_it_gets_it_unbound(self) -> None:
        """§3.4: the default is false."""
        answer = BadgePartner.named().tokens()
        assert "cnf" not in tokens.claims(answer["access_token"], tokens.ISSUER)

    @pytest.mark.parametrize(
        "told",
        [{}, badge("old", begins=-3, ends=-1).told()],
        ids=["without one", "with an expired one"],
    )
    def test_without_one_that_is_good_nothing_is_issued(self, told: dict[str, Any]) -> None:
        partner = BadgePartner(factories.application(public=True, **BOUND))
        issued = factories.grant(partner.application)
        partner.told = told
        assert refused(partner.exchange(issued), "invalid_request")
        partner.told = None
        assert partner.exchange(issued).status_code == 200

    def test_any_certificate_binds_where_it_does_not_authenticate(
        self, public_partner: BadgePartner
    ) -> None:
        """§4: nobody vouches for it, and nobody needs to."""
        token = public_partner.tokens()["access_token"]
        assert tokens.claims(token, tokens.ISSUER)["cnf"] == {"x5t#S256": badge().thumbprint}

    def test_a_program_in_its_own_name_gets_it_bound_too(self) -> None:
        partner = BadgePartner.named(**BOUND, **EVENTFUL)
        asked = {"grant_type": "client_credentials", "scope": "ssf.manage"}
        token = body(partner.post("/token", asked))["access_token"]
        assert tokens.claims(token, tokens.ISSUER)["cnf"] == {"x5t#S256": badge().thumbprint}


class TestAtUserinfo:
    def test_with_the_certificate_it_is_answered(self, partner: BadgePartner) -> None:
        assert partner.userinfo(partner.tokens()["access_token"]).status_code == 200

    @pytest.mark.parametrize(
        "told",
        [{}, OTHER.told(), badge("old", begins=-3, ends=-1).told()],
        ids=["none", "another of the same names", "an expired one"],
    )
    def test_without_it_the_token_is_good_for_nothing(
        self, partner: BadgePartner, told: dict[str, Any]
    ) -> None:
        token = partner.tokens()["access_token"]
        partner.told = told
        answer = partner.userinfo(token)
        assert refused(answer, "invalid_token", 401)
        assert challenge(answer).startswith('Bearer realm="userinfo", error="invalid_token"')
        partner.told = None
        assert partner.userinfo(token).status_code == 200

    def test_nor_in_a_form(self, partner: BadgePartner) -> None:
        token = partner.tokens()["access_token"]
        partner.told = {}
        answer = partner.raw("/userinfo", f"access_token={token}")
        assert refused(answer, "invalid_token", 401)

    def test_nor_by_the_scheme_dpop(self, partner: BadgePartner) -> None:
        token = partner.tokens()["access_token"]
        proof = Holder().proof("GET", "/userinfo", token)
        answer = partner.userinfo(token, Authorization=f"DPoP {token}", DPoP=proof)
        assert refused(answer, "invalid_token", 401)

    def test_a_stream_of_events_wants_it_too(self) -> None:
        partner = BadgePartner.named(**BOUND, **EVENTFUL)
        asked = {"grant_type": "client_credentials", "scope": "ssf.manage"}
        token = body(partner.post("/token", asked))["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        assert partner.http.get(STREAM, headers=headers).status_code == 401
        for told, statuses in ((badge().told(), {200, 404}), (OTHER.told(), {401})):
            assert partner.http.get(STREAM, headers=headers, **told).status_code in statuses


class TestBoth:
    """A key by DPoP and a certificate: then both are needed."""

    def test_both_are_asked_for(self, partner: BadgePartner) -> None:
        holder = Holder()
        parameters = {
            "grant_type": "authorization_code",
            "code": factories.grant(partner.application).code,
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        }
        answer = partner.post("/token", parameters, DPoP=holder.proof("POST", "/token"))
        token = body(answer)["access_token"]
        bound = {"x5t#S256": badge().thumbprint, "jkt": holder.jkt}
        assert tokens.claims(token, tokens.ISSUER)["cnf"] == bound

        def asked() -> Any:  # noqa: ANN401
            proof = holder.proof("GET", "/userinfo", token)
            return partner.userinfo(token, Authorization=f"DPoP {token}", DPoP=proof)

        assert asked().status_code == 200
        assert partner.userinfo(token).status_code == 401
        partner.told = OTHER.told()
        assert asked().status_code == 401

    def test_a_proof_may_name_the_address_for_certificates(self) -> None:
        """RFC 9449 §4.3 item 9: it is the address that was called (RFC 8705 §5)."""
        partner, holder = BadgePartner.named(), Holder()
        proof = holder.proof("POST", "/token", htu=f"{MTLS}/token")
        answer = partner.post("/token", {"grant_type": "refresh_token"}, DPoP=proof)
        assert body(answer)["error"] == "invalid_request"  # the proof itself was right
        proof = holder.proof("POST", "/token", htu=f"{MTLS}/par")
        answer = partner.post("/token", {"grant_type": "refresh_token"}, DPoP=proof)
        assert body(answer)["error"] == "invalid_dpop_proof"


class TestIntrospection:
    def test_an_api_is_told_the_certificate(self, partner: BadgePartner) -> None:
        """§3.2."""
        told = ask(partner, partner.tokens()["access_token"])
        assert told["cnf"] == {"x5t#S256": badge().thumbprint}
        assert told["token_type"] == "Bearer"


class TestRefreshing:
    def test_a_new_certificate_may_follow_where_it_authenticates(self) -> None:
        """§7.1: the application itself is what the refresh token is bound to."""
        partner = BadgePartner.named(**BOUND)
        token = partner.tokens()["refresh_token"]
        partner.badge = OTHER
        answer = partner.refresh(token)
        claims = tokens.claims(body(answer)["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"x5t#S256": OTHER.thumbprint}

    def test_of_a_public_application_the_very_certificate_is_needed(
        self, public_partner: BadgePartner
    ) -> None:
        """§4."""
        token = public_partner.tokens()["refresh_token"]
        public_partner.told = OTHER.told()
        assert refused(public_partner.refresh(token), "invalid_grant")
        public_partner.told = {}
        assert refused(public_partner.refresh(token), "invalid_request")
        public_partner.told = None
        assert public_partner.refresh(token).status_code == 200

    def test_bound_stays_bound_when_the_registration_changes(self, partner: BadgePartner) -> None:
        token = partner.tokens()["refresh_token"]
        type(partner.application).objects.update(certificate_bound_access_tokens=False)
        assert refused(partner.refresh(token), "invalid_grant")
        assert RefreshToken.objects.get().cnf == {"x5t#S256": badge().thumbprint}
