"""RFC 9449 §5, §6, §10: what tokens and codes are bound to, and who may use them then."""

from typing import Any

import pytest

from clients.models import Application
from idp.models import Grant, RefreshToken
from tests import factories
from tests.protocol import tokens
from tests.protocol.devices import Device, maker
from tests.protocol.dpop.holder import Holder, HoldingPartner, HoldingSigningPartner
from tests.protocol.partner import body, refused
from tests.protocol.pushing import open_, push, pushed
from tests.protocol.resident import Resident, parameters, sent
from tests.protocol.signing import encoded, signing_key
from tests.protocol.test_rfc6749_client_credentials import SERVICE
from tests.protocol.test_rfc6749_client_credentials import ask as ask_for_program

NO_PROOF = {"DPoP": ""}
OTHER = Holder(signing_key("ES256", "other"))


def exchange(partner: HoldingPartner, code: str, **headers: str) -> Any:  # noqa: ANN401
    parameters = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": factories.REDIRECT_URI,
        "code_verifier": factories.VERIFIER,
    }
    return partner.post("/token", parameters, **headers)


def refresh(partner: HoldingPartner, token: str, **headers: str) -> Any:  # noqa: ANN401
    parameters = {"grant_type": "refresh_token", "refresh_token": token}
    return partner.post("/token", parameters, **headers)


def signed_request(partner: HoldingSigningPartner, **changes: str) -> str:
    right = parameters(partner.application)
    return partner.key.sign(partner.claims(sub=None, jti=None, **right, **changes))


def by(holder: Holder) -> dict[str, str]:
    return {"DPoP": holder.proof("POST", "/token")}


class TestAccessTokens:
    """§5, §6.1."""

    def test_it_is_bound_to_the_key_of_the_proof(self, partner: HoldingPartner) -> None:
        answer = partner.tokens()
        assert answer["token_type"] == "DPoP"
        claims = tokens.claims(answer["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"jkt": partner.holder.jkt}

    def test_without_a_proof_it_is_bound_to_none(self, partner: HoldingPartner) -> None:
        issued = factories.grant(partner.application)
        answer = body(exchange(partner, issued.code, **NO_PROOF))
        assert answer["token_type"] == "Bearer"
        assert "cnf" not in tokens.claims(answer["access_token"], tokens.ISSUER)

    def test_an_id_token_is_bound_to_none(self, partner: HoldingPartner) -> None:
        claims = tokens.claims(partner.tokens()["id_token"], partner.application.client_id)
        assert "cnf" not in claims

    def test_one_in_the_applications_own_name_is_bound_too(self) -> None:
        program = HoldingPartner.confidential(**SERVICE)
        api = factories.resource(program.application)
        answer = body(ask_for_program(program))
        assert answer["token_type"] == "DPoP"
        claims = tokens.claims(answer["access_token"], api.identifier)
        assert claims["cnf"] == {"jkt": program.holder.jkt}

    def test_one_for_a_device_is_bound_too(self) -> None:
        partner = HoldingPartner(maker().application)
        device = Device.asks(partner)
        device.is_let_in()
        answer = device.tokens()
        assert answer["token_type"] == "DPoP"
        assert refused(refresh(partner, answer["refresh_token"], **by(OTHER)), "invalid_grant")

    def test_introspection_tells_an_api_of_the_key(self, partner: HoldingPartner) -> None:
        """§6.2."""
        token = partner.tokens()["access_token"]
        answer = body(partner.post("/introspect", {"token": token}))
        assert (answer["token_type"], answer["cnf"]) == ("DPoP", {"jkt": partner.holder.jkt})


class TestAnApplicationThatMustProveIt:
    """§5.2."""

    @pytest.fixture
    def bound(self) -> HoldingPartner:
        return HoldingPartner.confidential(dpop_bound_access_tokens=True)

    def test_it_gets_nothing_without_a_proof_and_keeps_its_code(
        self, bound: HoldingPartner
    ) -> None:
        issued = factories.grant(bound.application)
        assert refused(exchange(bound, issued.code, **NO_PROOF), "invalid_dpop_proof")
        assert exchange(bound, issued.code).status_code == 200

    def test_it_gets_nothing_in_its_own_name_without_a_proof(self) -> None:
        program = HoldingPartner.confidential(**SERVICE, dpop_bound_access_tokens=True)
        factories.resource(program.application)
        parameters = {"grant_type": "client_credentials", "scope": "bins:read"}
        answer = program.post("/token", parameters, **NO_PROOF)
        assert refused(answer, "invalid_dpop_proof")

    def test_a_refresh_token_from_before_gets_it_bound_ones_alone(
        self, partner: HoldingPartner
    ) -> None:
        issued = factories.grant(partner.application)
        first = body(exchange(partner, issued.code, **NO_PROOF))["refresh_token"]
        Application.objects.update(dpop_bound_access_tokens=True)
        assert refused(refresh(partner, first, **NO_PROOF), "invalid_dpop_proof")
        assert body(refresh(partner, first))["token_type"] == "DPoP"


class TestRefreshTokens:
    """§5: those of public applications are bound to the key, those of others to their caller."""

    def test_a_public_application_needs_the_very_key(self, public_partner: HoldingPartner) -> None:
        token = public_partner.tokens()["refresh_token"]
        assert refused(refresh(public_partner, token, **by(OTHER)), "invalid_grant")
        assert refused(refresh(public_partner, token, **NO_PROOF), "invalid_grant")
        assert body(refresh(public_partner, token))["token_type"] == "DPoP"

    def test_so_does_it_with_the_next_one(self, public_partner: HoldingPartner) -> None:
        first = public_partner.tokens()["refresh_token"]
        second = body(refresh(public_partner, first))["refresh_token"]
        assert refused(refresh(public_partner, second, **by(OTHER)), "invalid_grant")
        assert refresh(public_partner, second).status_code == 200

    def test_whoever_tries_without_the_key_ends_nothing(
        self, public_partner: HoldingPartner
    ) -> None:
        """A thief must not be able to sign the resident out by a token alone."""
        first = public_partner.tokens()["refresh_token"]
        second = body(refresh(public_partner, first))["refresh_token"]
        RefreshToken.objects.filter(rotated_at__isnull=False).update(rotated_at="2026-01-01T00:00Z")
        assert refused(refresh(public_partner, first, **by(OTHER)), "invalid_grant")
        assert refresh(public_partner, second).status_code == 200

    def test_one_that_authenticates_may_have_a_new_key(self, partner: HoldingPartner) -> None:
        answer = refresh(partner, partner.tokens()["refresh_token"], **by(OTHER))
        claims = tokens.claims(body(answer)["access_token"], tokens.ISSUER)
        assert claims["cnf"] == {"jkt": OTHER.jkt}

    def test_but_not_none_any_more(self, partner: HoldingPartner) -> None:
        """Downgraded by a retry without the header, tokens would be anybody's."""
        token = partner.tokens()["refresh_token"]
        assert refused(refresh(partner, token, **NO_PROOF), "invalid_grant")
        assert refresh(partner, token).status_code == 200

    def test_one_from_before_is_bound_from_now_on(self, public_partner: HoldingPartner) -> None:
        issued = factories.grant(public_partner.application)
        first = body(exchange(public_partner, issued.code, **NO_PROOF))["refresh_token"]
        second = body(refresh(public_partner, first))["refresh_token"]
        assert refused(refresh(public_partner, second, **NO_PROOF), "invalid_grant")


class TestCodes:
    """§10: a code that leaked in a browser is of no use without the key."""

    def test_only_the_key_that_was_named_redeems_it(
        self, signed_in: Resident, partner: HoldingPartner
    ) -> None:
        code = signed_in.answer(partner.application, dpop_jkt=partner.holder.jkt)["code"]
        assert refused(exchange(partner, code, **by(OTHER)), "invalid_grant")
        assert refused(exchange(partner, code, **NO_PROOF), "invalid_grant")
        assert exchange(partner, code).status_code == 200

    @pytest.mark.parametrize("jkt", ["x", "x" * 42, "x" * 44, "é" * 43, "=" * 43, "x" * 3000])
    def test_what_is_no_thumbprint_is_refused(
        self, signed_in: Resident, partner: HoldingPartner, jkt: str
    ) -> None:
        answer = sent(signed_in.ask(partner.application, dpop_jkt=jkt))
        assert answer["error"] == "invalid_request"

    def test_a_proof_with_a_pushed_request_binds_as_well(
        self, signed_in: Resident, partner: HoldingPartner
    ) -> None:
        """§10.1."""
        page = open_(signed_in, partner, pushed(partner))
        code = sent(signed_in.press(page, "share"))["code"]
        assert Grant.objects.get().dpop_jkt == partner.holder.jkt
        assert refused(exchange(partner, code, **by(OTHER)), "invalid_grant")
        assert exchange(partner, code).status_code == 200

    def test_a_pushed_request_may_name_the_key_of_its_proof(self, partner: HoldingPartner) -> None:
        assert push(partner, dpop_jkt=partner.holder.jkt).status_code == 201

    def test_it_may_not_name_another(self, partner: HoldingPartner) -> None:
        assert refused(push(partner, dpop_jkt=OTHER.jkt), "invalid_request")

    def test_a_wrong_proof_is_refused_there_too(self, partner: HoldingPartner) -> None:
        proof = partner.holder.proof("POST", "/token")
        asked = parameters(partner.application)
        assert refused(partner.post("/par", asked, DPoP=proof), "invalid_dpop_proof")

    def test_the_key_may_be_named_in_a_signed_request(self, signed_in: Resident) -> None:
        partner = HoldingSigningPartner.new()
        signed = signed_request(partner, dpop_jkt=partner.holder.jkt)
        code = signed_in.answer(partner.application, request=signed)["code"]
        assert refused(exchange(partner, code, **by(OTHER)), "invalid_grant")

    def test_a_thumbprint_beside_a_signed_request_counts_for_nothing(
        self, signed_in: Resident
    ) -> None:
        """RFC 9101 §6.3: whoever can change the address must not choose the key."""
        partner = HoldingSigningPartner.new()
        signed = signed_request(partner)
        code = signed_in.answer(partner.application, request=signed, dpop_jkt=OTHER.jkt)["code"]
        assert exchange(partner, code).status_code == 200


def test_one_key_for_assertions_and_proofs_is_of_no_harm() -> None:
    """A proof is no assertion, and an assertion no proof: their `typ` differ."""
    partner = HoldingSigningPartner.new()
    partner.holder = Holder(partner.key)
    assertion, proof = partner.assertion(), partner.holder.proof("POST", "/token")
    assert refused(partner.present(proof), "invalid_client", 401)
    answer = partner.post("/token", {"grant_type": "refresh_token"}, DPoP=assertion)
    assert refused(answer, "invalid_dpop_proof")


def test_a_thumbprint_is_of_the_key_however_it_is_written(partner: HoldingPartner) -> None:
    """RFC 7638 §3.3: members that a key does not need, and their order, make no other key."""
    jwk = {"use": "sig", "ext": True, **partner.holder.jwk, "kid": "mine", "alg": "ES256"}
    header = {"jwk": jwk}
    issued = factories.grant(partner.application)
    proof = partner.holder.proof("POST", "/token", header=header)
    answer = body(exchange(partner, issued.code, DPoP=proof))
    claims = tokens.claims(answer["access_token"], tokens.ISSUER)
    assert claims["cnf"] == {"jkt": partner.holder.jkt}
    assert len(encoded(b"1" * 32)) == len(partner.holder.jkt)
