"""RFC 8485, vectors of trust, in the vocabulary of GOV.UK One Login."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.assurance import Method
from accounts.models import Account
from idp.models import AuthorizationRequest
from idp.oidc import vectors
from idp.oidc.vectors import UnfitVectorsError
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, path, sent
from tests.protocol.signing import SigningPartner

SFA, MFA = "https://refeds.org/profile/sfa", "https://refeds.org/profile/mfa"
TRUSTMARK = "http://localhost:8000/trustmark"
APP = (Method.PASSWORD, Method.APP)


def exchange(partner: Partner, code: str) -> dict[str, Any]:
    """Return the tokens for a code."""
    answer = partner.post(
        "/token",
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        },
    )
    assert answer.status_code == 200, answer.content
    return body(answer)


def told(partner: Partner, token: str) -> dict[str, Any]:
    """Return the claims of an ID token."""
    return tokens.claims(token, partner.application.client_id)


class TestSection41Request:
    """§4.1: a JSON array of vectors, any one of which will do."""

    @pytest.mark.parametrize(
        "vtr,needed",
        [
            ('["Cl"]', [SFA]),
            ('["Cl.Cm"]', [MFA]),
            ('["Cm.Cl"]', [MFA]),
            ('["P0.Cl.Cm"]', [MFA]),
            ('["Cl.Cm","Cl"]', [MFA, SFA]),
            ('[ "Cl.Cm" ,\n"P0.Cl.Cm" ]', [MFA]),
            ('["P2.Cl.Cm","P0.Cl.Cm"]', [MFA]),
            ('["Zz","Cl"]', [SFA]),
        ],
    )
    def test_each_stands_for_a_level(
        self, resident: Resident, partner: Partner, vtr: str, needed: list[str]
    ) -> None:
        assert path(resident.ask(partner.application, vtr=vtr)) == "/sign-in"
        row = AuthorizationRequest.objects.get()
        assert (row.acr_values, row.vot_asked) == (needed, True)

    def test_a_weaker_sign_in_is_not_enough(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        assert path(resident.ask(partner.application, vtr='["Cl.Cm"]')) != "/consent"
        answer = sent(resident.ask(partner.application, vtr='["Cl.Cm"]', prompt="none"))
        assert answer["error"] == "login_required"
        assert path(resident.ask(partner.application, vtr='["Cl.Cm","Cl"]')) == "/consent"

    @pytest.mark.parametrize("vtr", ['["P1.Cl"]', '["P2.Cl.Cm"]', '["P2"]', '["P2.Cl","P3.Cl.Cm"]'])
    def test_a_checked_identity_is_refused_and_never_answered_lower(
        self, resident: Resident, partner: Partner, account: Account, vtr: str
    ) -> None:
        resident.sign_in(account, *APP)
        answer = sent(resident.ask(partner.application, vtr=vtr))
        assert answer["error"] == "unmet_authentication_requirements"
        assert "identity" in answer["error_description"]
        assert not AuthorizationRequest.objects.exists()

    @pytest.mark.parametrize(
        "vtr",
        [
            *("Cl.Cm", "[]", "[", '"Cl"', '{"vtr": "Cl"}', '[["Cl"]]', "[1]", "[null]", '["Cl",]'),
            *('["cl"]', '["Cl."]', '[".Cl"]', '["Cl Cm"]', '["C\\u006c"]', '["Cl"]["Cl"]'),
            *('["Cm"]', '["P0"]', '["Zz"]', '["Cl.Zz"]', '["Cl.Cm.Ck"]', '["P0.P2.Cl"]x', '["Ḉl"]'),
            *('["Cl"' + ',"Cl"' * 200 + "]", "[" * 5000),
        ],
    )
    def test_what_is_no_vector_here_is_an_error(
        self, resident: Resident, partner: Partner, vtr: str
    ) -> None:
        answer = sent(resident.ask(partner.application, vtr=vtr))
        assert answer["error"] == "invalid_request"
        assert not AuthorizationRequest.objects.exists()

    @pytest.mark.parametrize(
        "more",
        [
            {"acr_values": SFA},
            {"acr_values": "unknown"},
            {"claims": f'{{"id_token": {{"acr": {{"essential": true, "value": "{MFA}"}}}}}}'},
        ],
    )
    def test_two_ways_of_asking_are_one_too_many(
        self, resident: Resident, partner: Partner, more: dict[str, str]
    ) -> None:
        answer = sent(resident.ask(partner.application, vtr='["Cl.Cm"]', **more))
        assert answer["error"] == "invalid_request"

    def test_in_a_request_object_it_is_an_array(self, resident: Resident) -> None:
        signer = SigningPartner.keyed()
        wish = {**plain_of(signer), "vtr": ["Cl.Cm"]}
        resident.ask(signer.application, request=signer.key.sign(wish))
        assert AuthorizationRequest.objects.get().acr_values == [MFA]

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(text=st.text(max_size=60) | st.text('[]"ClCmP0., ', max_size=20))
    def test_any_text_is_vectors_or_refused(self, text: str) -> None:
        try:
            assert set(vectors.acr_values(text)) <= {SFA, MFA}
        except UnfitVectorsError as error:
            assert error.fault  # noqa: PT017 - either outcome is right


def plain_of(signer: SigningPartner) -> dict[str, Any]:
    """Return the claims of a request object that asks for nothing in particular."""
    return {
        "client_id": signer.application.client_id,
        "response_type": "code",
        "redirect_uri": factories.REDIRECT_URI,
        "scope": "openid",
        "code_challenge": factories.challenge(),
        "code_challenge_method": "S256",
    }


class TestSection31Claims:
    """§3.1: vot and vtm in the ID token, for whoever asked by vtr."""

    @pytest.mark.parametrize(
        "methods,vtr,vot,acr",
        [
            ((Method.PASSWORD,), '["Cl"]', "Cl", SFA),
            (APP, '["Cl.Cm"]', "Cl.Cm", MFA),
            (APP, '["P0.Cl.Cm"]', "Cl.Cm", MFA),
            # Signed in more strongly than asked: the answer is in the words of the question.
            (APP, '["Cl"]', "Cl", SFA),
            ((Method.PASSKEY,), '["Cl.Cm"]', "Cl.Cm", MFA),
            (APP, '["Cl.Cm","Cl"]', "Cl.Cm", MFA),
            ((Method.PASSWORD,), '["Cl.Cm","Cl"]', "Cl", SFA),
        ],
    )
    def test_they_say_what_acr_says(
        self,
        resident: Resident,
        partner: Partner,
        account: Account,
        *,
        methods: tuple[Method, ...],
        vtr: str,
        vot: str,
        acr: str,
    ) -> None:
        resident.sign_in(account, *methods)
        answer = resident.answer(partner.application, vtr=vtr)
        claims = told(partner, exchange(partner, answer["code"])["id_token"])
        assert (claims["vot"], claims["vtm"], claims["acr"]) == (vot, TRUSTMARK, acr)

    def test_nobody_else_gets_them(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account, *APP)
        answer = resident.answer(partner.application, acr_values=MFA)
        claims = told(partner, exchange(partner, answer["code"])["id_token"])
        assert not {"vot", "vtm"} & claims.keys()

    def test_what_the_application_always_needs_is_not_answered_lower(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(minimum_level=2)
        resident.sign_in(account, *APP)
        answer = resident.answer(partner.application, vtr='["Cl"]')
        claims = told(partner, exchange(partner, answer["code"])["id_token"])
        assert (claims["vot"], claims["acr"]) == ("Cl.Cm", MFA)

    def test_a_refresh_says_the_same(self, partner: Partner) -> None:
        first = partner.tokens(vot_asked=True, acr_values=[SFA])
        again = body(partner.refresh(first["refresh_token"]))
        assert told(partner, again["id_token"])["vot"] == "Cl"


class TestSection5Trustmark:
    """§5: the address in vtm tells what the vectors mean."""

    def test_it_names_every_vector_that_vot_can_be(self) -> None:
        answer = Client(headers={"host": "localhost"}).get("/trustmark")
        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert body(answer) == {
            "idp": "http://localhost:8000",
            "trustmark_provider": "http://localhost:8000",
            "C": ["Cl", "Cl.Cm"],
            "P": ["P0"],
        }
