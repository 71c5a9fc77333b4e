"""OpenID Connect Core 1.0 on levels: acr_values (§3.1.2.1), acr and amr (§2, RFC 8176)."""

from typing import Any

import pytest

from accounts.assurance import Level, Method
from accounts.models import Account, PendingSignIn
from idp.models import AuthorizationRequest, Grant
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, path, sent

SFA = "https://refeds.org/profile/sfa"
MFA = "https://refeds.org/profile/mfa"
PHR = "phr"
APP = (Method.PASSWORD, Method.APP)
AUTHENTICATIONS = {
    (Method.PASSWORD,): (SFA, ["pwd"]),
    APP: (MFA, ["mfa", "otp", "pwd"]),
    (Method.PASSWORD, Method.CODE_SHEET): (MFA, ["mfa", "otp", "pwd"]),
    (Method.PASSWORD, Method.RECOVERY_CODE): (MFA, ["mfa", "otp", "pwd"]),
    (Method.PASSWORD, Method.SECURITY_KEY): (MFA, ["hwk", "mfa", "pwd"]),
    (Method.PASSWORD, Method.TEXT_MESSAGE): (MFA, ["mfa", "pwd", "sms"]),
    (Method.PASSKEY,): (PHR, ["mfa", "pop", "user"]),
}


def told(partner: Partner, code: str) -> dict[str, Any]:
    """Return what the ID token and the access token of a code say alike about the sign-in."""
    answer = partner.post(
        "/token",
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        },
    )
    pair = body(answer)
    by_id = tokens.claims(pair["id_token"], partner.application.client_id)
    by_access = tokens.claims(pair["access_token"], tokens.ISSUER)
    names = ("acr", "amr", "auth_time")
    assert [by_id[name] for name in names] == [by_access[name] for name in names]
    return by_id


class TestSection2Claims:
    """§2: acr and amr say what the session proved."""

    @pytest.mark.parametrize("methods", AUTHENTICATIONS)
    def test_they_are_those_of_the_methods(
        self,
        resident: Resident,
        partner: Partner,
        account: Account,
        methods: tuple[Method, ...],
    ) -> None:
        resident.sign_in(account, *methods)
        claims = told(partner, resident.answer(partner.application)["code"])
        assert (claims["acr"], claims["amr"]) == AUTHENTICATIONS[methods]


class TestSection3121AcrValues:
    """§3.1.2.1: acr_values, in order of preference; any one of them will do."""

    @pytest.mark.parametrize(
        "acr_values",
        ["1 2", "urn:mace:incommon:iap:silver", "  ", "PHR", "phr\tphr", "é", "x" * 9000],
    )
    def test_unknown_ones_are_ignored(
        self, resident: Resident, partner: Partner, account: Account, acr_values: str
    ) -> None:
        resident.sign_in(account)
        answer = resident.answer(partner.application, acr_values=acr_values)
        assert told(partner, answer["code"])["acr"] == SFA

    def test_all_that_we_publish_together_ask_for_no_more_than_the_lowest(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        answer = resident.answer(partner.application, acr_values=f"{PHR} {MFA} {SFA}")
        assert told(partner, answer["code"])["acr"] == SFA

    @pytest.mark.parametrize("acr_values", [MFA, PHR, f"{PHR} {MFA}", f"other {MFA}"])
    def test_a_sign_in_below_all_of_them_is_not_enough(
        self, resident: Resident, partner: Partner, account: Account, acr_values: str
    ) -> None:
        resident.sign_in(account)
        answer = sent(resident.ask(partner.application, acr_values=acr_values, prompt="none"))
        assert answer["error"] == "login_required"
        assert not Grant.objects.exists()

    @pytest.mark.parametrize("acr_values", [MFA, f"{PHR} {MFA}", SFA, f"{SFA} {PHR}"])
    def test_a_sign_in_at_one_of_them_is_answered_silently(
        self, resident: Resident, partner: Partner, account: Account, acr_values: str
    ) -> None:
        resident.sign_in(account, *APP)
        resident.answer(partner.application)
        answer = sent(resident.ask(partner.application, acr_values=acr_values, prompt="none"))
        assert "code" in answer

    @pytest.mark.parametrize(
        "acr_values, acr",
        [(MFA, MFA), (f"{PHR} {MFA}", PHR), (f"{MFA} {PHR}", MFA), (SFA, SFA), ("other", PHR)],
    )
    def test_the_first_that_was_reached_is_told(
        self, resident: Resident, partner: Partner, account: Account, acr_values: str, acr: str
    ) -> None:
        resident.sign_in(account, Method.PASSKEY)
        answer = resident.answer(partner.application, acr_values=acr_values)
        assert told(partner, answer["code"])["acr"] == acr

    def test_no_request_gets_below_what_the_application_must_have(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(minimum_level=2)
        session = resident.sign_in(account)
        silent = resident.ask(partner.application, acr_values=SFA, prompt="none")
        assert sent(silent)["error"] == "login_required"
        resident.sign_in(account, *APP, replaces=session)
        answer = resident.answer(partner.application, acr_values=SFA)
        assert told(partner, answer["code"])["acr"] == MFA

    def test_what_was_asked_and_proved_stays_with_the_code(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account, *APP)
        code = resident.answer(partner.application, acr_values=MFA)["code"]
        resident.sign_in(account, Method.PASSKEY, replaces=session)
        assert told(partner, code)["acr"] == MFA

    def test_a_refreshed_id_token_repeats_what_the_first_said(
        self, partner: Partner, account: Account
    ) -> None:
        session = factories.session(account, level=3, proofs=[{"method": "passkey", "at": 0}])
        token = partner.tokens(session=session, acr_values=[MFA])["refresh_token"]
        again = body(partner.refresh(token))["id_token"]
        assert tokens.claims(again, partner.application.client_id)["acr"] == MFA

    def test_known_ones_are_kept_once_and_in_order(
        self, resident: Resident, partner: Partner
    ) -> None:
        resident.ask(partner.application, acr_values=f"{PHR} x {SFA} {PHR}")
        assert AuthorizationRequest.objects.get().acr_values == [PHR, SFA]


class TestStrongerSignIn:
    """What is asked for leads to the proof that is missing, and back."""

    def test_the_missing_proof_alone_is_asked_for_and_leads_back(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account)
        resident.answer(partner.application)
        resident.ask(partner.application, acr_values=MFA)
        row = AuthorizationRequest.objects.latest("created_at")
        flow = PendingSignIn.objects.latest("created_at")
        assert (flow.level, flow.stands_on) == (Level.TWO_FACTORS, session)
        assert not flow.remembered_device_will_do
        resident.sign_in(account, *APP, replaces=session, auth_time=session.auth_time)
        assert "code" in sent(resident.get(f"/authorize/continue?request={row.pk}"))

    def test_it_cannot_be_skipped_by_opening_the_next_address(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(partner.application, acr_values=MFA)
        row = AuthorizationRequest.objects.latest("created_at")
        for address in ("/authorize/continue", "/consent", "/authorize/account"):
            again = resident.get(f"{address}?request={row.pk}")
            assert path(again) == path(page)
        assert Grant.objects.count() == 1
