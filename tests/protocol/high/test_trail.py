"""A refused request of the high profile names the rule of FAPI 2.0 that it broke."""

import pytest

from clients.models import Application
from idp.models import Grant
from idp.oidc import fapi
from idp.portal.trail.words import catalogue
from idp.trail.entry import Entry
from tests import factories
from tests.protocol.dpop.holder import HoldingSigningPartner
from tests.protocol.dpop.test_bound_tokens import exchange
from tests.protocol.high import HIGH
from tests.protocol.mtls.badges import BadgePartner
from tests.protocol.partner import refused
from tests.protocol.pushing import push
from tests.protocol.resident import Resident, sent
from tests.protocol.signed_requests import signed

GENERAL, CODE_FLOW = "FAPI 2.0 Security Profile §5.3.2.1", "FAPI 2.0 Security Profile §5.3.2.2"
SIGNED = "FAPI 2.0 Message Signing §5.3.1"


def last(noted: list[Entry]) -> tuple[str, str]:
    """Return reason and section of the newest refusal."""
    return noted[-1].reason, noted[-1].section


@pytest.mark.parametrize("reason", fapi.REASONS)
def test_each_reason_has_words_and_a_section_of_the_high_profile_alone(reason: str) -> None:
    high, standard = Application(profile="high"), Application()
    assert fapi.section_broken(reason, high).startswith("FAPI 2.0 ")
    assert fapi.section_broken(reason, standard) == ""
    assert fapi.section_broken(reason, None) == ""
    assert catalogue.found(reason) is not None


def test_any_other_reason_is_of_every_application() -> None:
    assert fapi.section_broken("code_unknown", Application(profile="high")) == ""


def test_a_code_used_twice(partner: HoldingSigningPartner, noted: list[Entry]) -> None:
    issued = factories.grant(partner.application)
    exchange(partner, issued.code)
    assert refused(exchange(partner, issued.code), "invalid_grant")
    assert last(noted) == ("code_used", CODE_FLOW)


def test_a_code_that_ended(partner: HoldingSigningPartner, noted: list[Entry]) -> None:
    issued = factories.grant(partner.application)
    Grant.objects.update(expires=issued.grant.created)
    assert refused(exchange(partner, issued.code), "invalid_grant")
    assert last(noted) == ("code_expired", GENERAL)


def test_a_bound_token_as_a_bearer_token(
    partner: HoldingSigningPartner, noted: list[Entry]
) -> None:
    token = partner.tokens()["access_token"]
    answer = partner.userinfo(token, Authorization=f"Bearer {token}")
    assert refused(answer, "invalid_token", 401)
    assert last(noted) == ("wrong_scheme_bearer", GENERAL)


def test_a_response_type_of_old(partner: HoldingSigningPartner, noted: list[Entry]) -> None:
    assert refused(push(partner, response_type="token"), "unsupported_response_type")
    assert last(noted) == ("response_type_not_code", CODE_FLOW)


def test_a_proof_for_another_address_tells_both(
    partner: HoldingSigningPartner, noted: list[Entry]
) -> None:
    htu = "http://localhost:8000/tokens?code=hidden"
    issued = factories.grant(partner.application)
    answer = exchange(partner, issued.code, DPoP=partner.holder.proof("POST", "/token", htu=htu))
    assert "is not the address of this request: http://localhost:8000/token" in answer.text
    assert last(noted) == ("dpop_wrong_address", "RFC 9449 §4.3")
    assert (noted[-1].parameter, noted[-1].sent) == ("htu", "http://localhost:8000/tokens?…")


def test_a_request_in_the_address(
    signed_in: Resident, partner: HoldingSigningPartner, noted: list[Entry]
) -> None:
    assert sent(signed_in.ask(partner.application))["error"] == "invalid_request"
    assert last(noted) == ("not_pushed", CODE_FLOW)


def test_a_certificate_that_is_missing(noted: list[Entry]) -> None:
    bound = {"dpop_bound_access_tokens": False, "certificate_bound_access_tokens": True}
    partner = BadgePartner.named(**{**HIGH, **bound})
    partner.told = {}
    assert refused(push(partner), "invalid_client", 401)
    assert noted[-1].reason == "certificate_missing"


def test_a_signed_request_that_ends_too_late(noted: list[Entry]) -> None:
    partner = HoldingSigningPartner.new(**HIGH, requires_signed_requests=True)
    late = {"request": signed(partner, exp=2_000_000_000)}
    assert refused(partner.post("/par", late), "invalid_request_object")
    assert last(noted) == ("request_object_jwt_lives_too_long", SIGNED)
