"""Resource indicators: RFC 8707."""

from typing import Any
from urllib.parse import urlencode

import pytest

from clients.models import Organisation, Resource
from idp.models import AccessToken, AuthorizationRequest, Grant, RefreshToken
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident, parameters, sent
from tests.protocol.signed_requests import ask, signed
from tests.protocol.signing import SigningPartner

ISSUER = tokens.ISSUER


def audience(answer: dict[str, Any]) -> str:
    """Return what the access token is for, as its bearer may read it."""
    return str(AccessToken.objects.latest("pk").resource or ISSUER) if answer else ""


class TestParameter:
    """§2."""

    def test_several_are_invalid_target(
        self, resident: Resident, partner: Partner, api: Resource
    ) -> None:
        other = factories.resource(partner.application)
        query = "&".join(
            f"{name}={value}"
            for name, value in [
                *parameters(partner.application, scope="openid").items(),
                ("resource", api.identifier),
                ("resource", other.identifier),
            ]
        )
        answer = sent(resident.get(f"/authorize?{query}"))
        assert (answer["error"], answer["state"]) == ("invalid_target", "state-1")
        assert not AuthorizationRequest.objects.exists()

    @pytest.mark.parametrize(
        "named",
        [
            "https://unknown.example.org",
            "bins",
            "/api",
            "https://user:secret@x.example",
            "x" * 5000,
            "\u202e",
        ],
    )
    def test_what_is_no_resource_is_invalid_target(
        self, resident: Resident, partner: Partner, named: str
    ) -> None:
        answer = sent(resident.ask(partner.application, resource=named))
        assert answer["error"] == "invalid_target"

    def test_a_fragment_or_another_spelling_is_invalid_target(
        self, resident: Resident, partner: Partner, api: Resource
    ) -> None:
        for named in (f"{api.identifier}#x", f"{api.identifier}/", api.identifier.upper()):
            answer = sent(resident.ask(partner.application, resource=named))
            assert answer["error"] == "invalid_target"

    def test_one_that_only_another_application_may_call_is_invalid_target(
        self, resident: Resident, partner: Partner
    ) -> None:
        theirs = factories.resource(factories.application())
        answers = [
            sent(resident.ask(partner.application, resource=named))["error_description"]
            for named in (theirs.identifier, "https://unknown.example.org")
        ]
        # Nobody learns what exists.
        assert len({text.partition(" Reference")[0] for text in answers}) == 1

    def test_one_of_a_suspended_organisation_is_invalid_target(
        self, resident: Resident, partner: Partner, api: Resource
    ) -> None:
        Organisation.objects.filter(pk=api.organisation_id).update(status="suspended")
        answer = sent(resident.ask(partner.application, resource=api.identifier))
        assert answer["error"] == "invalid_target"


class TestAuthorizationRequest:
    """§2.1."""

    def test_the_code_and_the_tokens_are_for_it(
        self, resident: Resident, partner: Partner, api: Resource
    ) -> None:
        resident.sign_in(factories.account())
        answer = resident.answer(
            partner.application, resource=api.identifier, scope="openid offline_access"
        )
        response = partner.post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code": answer["code"],
                "redirect_uri": factories.REDIRECT_URI,
                "code_verifier": factories.VERIFIER,
            },
        )
        got = body(response)
        assert tokens.claims(got["access_token"], api.identifier)["aud"] == api.identifier
        assert (Grant.objects.get().resource, RefreshToken.objects.get().resource) == (
            api.identifier,
            api.identifier,
        )

    @pytest.mark.parametrize("named", [None, ISSUER])
    def test_without_it_or_with_our_own_name_tokens_are_for_us(
        self, resident: Resident, partner: Partner, named: str | None
    ) -> None:
        resident.sign_in(factories.account())
        assert "code" in resident.answer(partner.application, resource=named)
        assert Grant.objects.get().resource == ""

    def test_it_may_be_pushed(self, resident: Resident, partner: Partner, api: Resource) -> None:
        resident.sign_in(factories.account())
        asked = parameters(partner.application, resource=api.identifier)
        pushed = body(partner.post("/par", asked))["request_uri"]
        names = {"client_id": partner.application.client_id, "request_uri": pushed}
        page = resident.get(f"/authorize?{urlencode(names)}")
        assert "code" in sent(resident.press(page, "share"))
        assert Grant.objects.get().resource == api.identifier

    def test_a_pushed_one_is_checked_before_anybody_opens_it(
        self, partner: Partner, api: Resource
    ) -> None:
        for named in ("https://unknown.example.org", f"{api.identifier} {ISSUER}"):
            answer = partner.post("/par", parameters(partner.application, resource=named))
            assert refused(answer, "invalid_target")

    @pytest.mark.parametrize("in_an_array", [False, True])
    def test_a_signed_one_is_taken(self, resident: Resident, *, in_an_array: bool) -> None:
        partner = SigningPartner.keyed()
        name = factories.resource(partner.application).identifier
        resident.sign_in(factories.account())
        page = ask(
            resident, partner, request=signed(partner, resource=[name] if in_an_array else name)
        )
        assert "code" in sent(resident.press(page, "share"))
        assert Grant.objects.get().resource == name

    @pytest.mark.parametrize(
        "more", [["https://unknown.example.org"], [1], [None], [["https://nested.example.org"]]]
    )
    def test_a_signed_array_of_several_or_of_others_is_refused(
        self, resident: Resident, more: list[object]
    ) -> None:
        partner = SigningPartner.keyed()
        name = factories.resource(partner.application).identifier
        answer = sent(ask(resident, partner, request=signed(partner, resource=[name, *more])))
        assert answer["error"] == "invalid_target"


class TestAccessTokenRequest:
    """§2.2."""

    def test_it_may_be_named_again(self, partner: Partner, api: Resource) -> None:
        issued = factories.grant(partner.application, resource=api.identifier)
        got = body(partner.exchange(issued, resource=api.identifier))
        assert audience(got) == api.identifier

    def test_it_may_be_narrowed_to_us_and_widened_again_by_a_refresh(
        self, partner: Partner, api: Resource
    ) -> None:
        issued = factories.grant(partner.application, resource=api.identifier)
        got = body(partner.exchange(issued, resource=ISSUER))
        assert partner.userinfo(got["access_token"]).status_code == 200
        again = body(partner.refresh(got["refresh_token"]))
        assert audience(again) == api.identifier
        ours = body(partner.refresh(again["refresh_token"], resource=ISSUER))
        assert partner.userinfo(ours["access_token"]).status_code == 200

    def test_another_is_refused_and_the_code_stays(self, partner: Partner, api: Resource) -> None:
        issued = factories.grant(partner.application, resource=api.identifier)
        other = factories.resource(partner.application).identifier
        assert refused(partner.exchange(issued, resource=other), "invalid_target")
        assert partner.exchange(issued).status_code == 200

    def test_one_that_the_resident_was_not_asked_for_is_refused(
        self, partner: Partner, api: Resource
    ) -> None:
        issued = factories.grant(partner.application)
        assert refused(partner.exchange(issued, resource=api.identifier), "invalid_target")
        token = body(partner.exchange(issued))["refresh_token"]
        assert refused(partner.refresh(token, resource=api.identifier), "invalid_target")
        assert partner.refresh(token).status_code == 200

    def test_one_that_may_not_be_called_any_more_is_refused(
        self, partner: Partner, api: Resource
    ) -> None:
        issued = factories.grant(partner.application, resource=api.identifier)
        token = body(partner.exchange(issued))["refresh_token"]
        api.callers.clear()
        assert refused(partner.refresh(token), "invalid_target")
        waiting = factories.grant(partner.application, resource=api.identifier)
        assert refused(partner.exchange(waiting), "invalid_target")
        assert partner.refresh(token, resource=ISSUER).status_code == 200

    def test_several_are_refused(self, partner: Partner, api: Resource) -> None:
        issued = factories.grant(partner.application, resource=api.identifier)
        several = f"{api.identifier} {ISSUER}"
        assert refused(partner.exchange(issued, resource=several), "invalid_target")

    def test_a_refusal_ends_no_replay_notice(self, partner: Partner, api: Resource) -> None:
        issued = factories.grant(partner.application)
        assert partner.exchange(issued).status_code == 200
        assert refused(partner.exchange(issued, resource=api.identifier), "invalid_grant")


class TestSecurity:
    """§3."""

    def test_a_token_for_an_api_is_refused_at_userinfo(
        self, partner: Partner, api: Resource
    ) -> None:
        token = partner.tokens(resource=api.identifier)["access_token"]
        response = partner.userinfo(token)
        assert refused(response, "invalid_token", 401)
        assert 'error="invalid_token"' in response["WWW-Authenticate"]

    def test_its_owner_can_revoke_it_all_the_same(self, partner: Partner, api: Resource) -> None:
        token = partner.tokens(resource=api.identifier)["access_token"]
        assert partner.revoke(token).status_code == 200
        assert AccessToken.objects.get().revoked_at is not None
