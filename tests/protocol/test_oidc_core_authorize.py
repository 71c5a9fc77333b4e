"""OpenID Connect Core 1.0: the authorization endpoint, seen from a resident's browser."""

import pytest
from django.conf import settings

from accounts.models import Account, AuditEvent
from idp.models import Consent, Grant, Participant
from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.resident import (
    FORM,
    Resident,
    Response,
    heading,
    main_text,
    parameters,
    path,
    request_id,
    sent,
)


class TestSection312Endpoint:
    """§3.1.2: a request leads through sign-in and sharing to a code."""

    def test_a_new_resident_signs_in_shares_and_arrives(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        page = resident.ask(partner.application)
        assert path(page) == "/sign-in"
        page = resident.password(page, account)
        assert path(page) == "/consent"
        answer = sent(resident.press(page, "share"))
        assert set(answer) == {"code", "state", "iss"}
        assert answer["state"] == "state-1"

    def test_the_code_works_at_the_token_endpoint(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        code = resident.answer(partner.application)["code"]
        response = partner.post(
            "/token",
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": factories.REDIRECT_URI,
                "code_verifier": factories.VERIFIER,
            },
        )
        assert response.status_code == 200
        assert set(body(response)["scope"].split()) == {"openid", "profile", "email"}

    def test_a_second_visit_asks_nothing(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        assert "code" in sent(resident.ask(partner.application))

    def test_a_second_service_needs_no_second_sign_in_and_shows_as_whom(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(factories.application(name="Library"))
        assert path(page) == "/consent"
        assert "ann@example.org" in main_text(page)

    def test_each_service_gets_a_sid_of_its_own(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account)
        resident.answer(partner.application)
        resident.answer(factories.application(name="Library"))
        sids = Participant.objects.filter(session=session).values_list("sid", flat=True)
        assert len(set(sids)) == 2
        assert str(session.pk) not in sids

    def test_the_answer_is_not_stored_and_sends_no_referrer(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        response = resident.ask(partner.application)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"

    def test_granting_is_recorded(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        events = set(AuditEvent.objects.values_list("event", flat=True))
        assert {"account:consent:granted", "account:authorization:granted"} <= events

    @pytest.mark.parametrize(
        "ignored",
        [
            {"display": "popup"},
            {"ui_locales": "se"},
            {"claims_locales": "se"},
            {"acr_values": "1 2"},
            {"extra": "foobar"},
            {"login_hint": "x" * 255},
            {"nonce": None},
            {"state": None},
        ],
    )
    def test_what_we_do_not_act_on_is_no_error(
        self, resident: Resident, partner: Partner, account: Account, ignored: dict[str, str]
    ) -> None:
        resident.sign_in(account)
        assert "code" in resident.answer(partner.application, **ignored)

    def test_without_state_none_is_sent_back(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        assert set(resident.answer(partner.application, state=None)) == {"code", "iss"}

    def test_a_long_nonce_and_state_come_back_whole(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        state, nonce = "s+/=& " * 100, "n" * 384
        assert resident.answer(partner.application, state=state, nonce=nonce)["state"] == state
        assert Grant.objects.get().nonce == nonce

    def test_scopes_that_are_unknown_or_not_allowed_are_left_out(
        self, resident: Resident, account: Account
    ) -> None:
        resident.sign_in(account)
        application = factories.application(scopes=["openid", "email"])
        resident.answer(application, scope="openid email phone banana")
        assert Grant.objects.get().scope == "openid email"

    def test_offline_access_needs_the_refresh_grant(
        self, resident: Resident, account: Account
    ) -> None:
        resident.sign_in(account)
        application = factories.application(grant_types=["authorization_code"])
        resident.answer(application, scope="openid offline_access")
        assert Grant.objects.get().scope == "openid"

    def test_the_login_hint_stands_in_the_sign_in_page(
        self, resident: Resident, partner: Partner
    ) -> None:
        page = resident.ask(partner.application, login_hint="buffy@example.org")
        assert b'value="buffy@example.org"' in page.content

    def test_the_sign_in_page_names_the_service_and_lets_its_form_lead_there(
        self, resident: Resident, partner: Partner
    ) -> None:
        page = resident.ask(partner.application)
        assert "Council Tax" in heading(page)
        assert "form-action 'self' https://service.example.org;" in (
            page["Content-Security-Policy"] + ";"
        )


class TestSection3121Post:
    """§3.1.2.1: the request may come as a form from the service's own page."""

    def post(self, resident: Resident, partner: Partner) -> Response:
        """Post as browsers do across sites: cookies with SameSite=Lax stay behind."""
        kept, resident.client.cookies = resident.client.cookies, type(resident.client.cookies)()
        response = resident.submit("/authorize", parameters(partner.application))
        assert not response.cookies
        resident.client.cookies = kept
        return response

    def test_it_finds_the_session_by_coming_back_by_get(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        response = self.post(resident, partner)
        assert response.status_code == 303
        page = resident.follow(response)
        assert path(page) == "/consent"
        assert "code" in sent(resident.press(page, "share"))

    def test_the_first_browser_that_comes_back_owns_it(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        response = self.post(resident, partner)
        resident.follow(response)
        other = Resident()
        other.sign_in(account)
        page = other.follow(response)
        assert page.status_code == 400
        assert heading(page) == "This sign-in was started in another browser"

    @pytest.mark.parametrize("address", ["/authorize", "/logout", "/sign-in"])
    def test_a_refused_one_takes_no_sign_in_of_this_browser_along(
        self, resident: Resident, address: str
    ) -> None:
        response = resident.client.post(
            address, b"x=%00", content_type=FORM, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert response.status_code in {400, 403}
        assert settings.BROWSER_COOKIE_NAME not in response.cookies

    def test_only_this_address_takes_forms_of_others(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        values = {"request": request_id(page), "decision": "share"}
        assert resident.client.post("/consent", values).status_code == 403
        assert not Consent.objects.exists()
