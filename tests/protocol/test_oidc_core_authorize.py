"""OpenID Connect Core 1.0: the authorization endpoint, seen from a resident's browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Account, AuditEvent, HelpCode, Session
from idp.models import AuthorizationRequest, Consent, Grant, Participant
from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.resident import (
    Resident,
    Response,
    heading,
    main_text,
    parameters,
    path,
    request_id,
    sent,
)


@pytest.fixture
def account() -> Account:
    return factories.account("ann@example.org", password=factories.PASSWORD)


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

    def test_only_this_address_takes_forms_of_others(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        values = {"request": request_id(page), "decision": "share"}
        assert resident.client.post("/consent", values).status_code == 403
        assert not Consent.objects.exists()


class TestSection3121Prompt:
    """§3.1.2.1: prompt."""

    def test_none_without_a_session_is_login_required(
        self, resident: Resident, partner: Partner
    ) -> None:
        state = "x" * 128
        answer = sent(resident.ask(partner.application, prompt="none", state=state))
        assert (answer["error"], answer["state"]) == ("login_required", state)
        assert answer["iss"] == settings.ISSUER
        assert "code" not in answer

    def test_none_without_consent_is_consent_required(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        answer = sent(resident.ask(partner.application, prompt="none"))
        assert answer["error"] == "consent_required"

    def test_none_answers_when_all_is_agreed(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        assert "code" in sent(resident.ask(partner.application, prompt="none"))

    def test_none_sees_that_more_is_asked_for(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application, scope="openid")
        answer = sent(resident.ask(partner.application, prompt="none", scope="openid email"))
        assert answer["error"] == "consent_required"

    def test_the_named_reason_is_in_the_trail_of_the_help_code(
        self, resident: Resident, partner: Partner
    ) -> None:
        resident.ask(partner.application, prompt="none")
        assert [step["reason"] for step in HelpCode.objects.get().steps] == ["no_session"]

    def test_login_asks_for_the_password_again(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(partner.application, prompt="login")
        assert path(page) == "/sign-in"
        assert "code" in sent(resident.password(page, account))

    def test_login_cannot_be_skipped_by_opening_the_next_address(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        resident.ask(partner.application, prompt="login")
        stored = AuthorizationRequest.objects.latest("created_at")
        for _ in range(2):
            page = resident.get(f"/authorize/continue?request={stored.pk}")
            assert path(page) == "/sign-in"
        page = resident.get(f"/consent?request={stored.pk}")
        assert path(page) == "/sign-in"

    def test_a_new_sign_in_keeps_the_services_of_the_old_one(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        before = Participant.objects.get()
        resident.password(resident.ask(partner.application, prompt="login"), account)
        after = Participant.objects.get()
        assert (after.pk, after.sid) == (before.pk, before.sid)
        assert after.session_id != before.session_id

    def test_consent_asks_again_though_all_is_agreed(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(partner.application, prompt="consent")
        assert path(page) == "/consent"
        assert "code" in sent(resident.press(page, "share"))

    def test_select_account_asks_as_whom(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(partner.application, prompt="select_account")
        assert heading(page) == "Continue to Council Tax"
        assert "ann@example.org" in main_text(page)
        assert "code" in sent(resident.press(page, "continue"))

    def test_select_account_lets_somebody_else_sign_in(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        first = resident.sign_in(account)
        resident.answer(partner.application)
        sam = factories.account("sam@example.org", password=factories.PASSWORD)
        page = resident.ask(partner.application, prompt="select_account")
        page = resident.password(resident.press(page, "not-you"), sam)
        assert "sam@example.org" in main_text(page)
        resident.press(page, "share")
        assert Grant.objects.latest("pk").user == sam
        assert Session.objects.get(pk=first.pk).ended_at is not None

    def test_create_opens_the_sign_up_pages(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application, prompt="create")
        assert path(page).startswith("/sign-up")

    @pytest.mark.parametrize("prompt", ["none login", "none none", "banana", "login banana"])
    def test_nonsense_is_refused(self, resident: Resident, partner: Partner, prompt: str) -> None:
        assert sent(resident.ask(partner.application, prompt=prompt))["error"] == "invalid_request"


class TestSection3121MaxAge:
    """§3.1.2.1: max_age counts from the session's own sign-in."""

    def test_an_older_sign_in_is_not_enough(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account)
        resident.answer(partner.application)
        Session.objects.filter(pk=session.pk).update(
            auth_time=timezone.now() - timedelta(minutes=5)
        )
        assert "code" in sent(resident.ask(partner.application, max_age="600"))
        page = resident.ask(partner.application, max_age="60")
        assert path(page) == "/sign-in"
        assert "code" in sent(resident.password(page, account))

    def test_none_with_max_age_is_login_required(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account)
        resident.answer(partner.application)
        Session.objects.filter(pk=session.pk).update(
            auth_time=timezone.now() - timedelta(minutes=5)
        )
        answer = sent(resident.ask(partner.application, max_age="60", prompt="none"))
        assert answer["error"] == "login_required"

    def test_zero_always_asks_and_is_then_satisfied(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(partner.application, max_age="0")
        assert path(page) == "/sign-in"
        assert "code" in sent(resident.password(page, account))

    @pytest.mark.parametrize("max_age", ["-1", "1.5", "abc", "٣", "9" * 40, "1e3", "+5"])
    def test_nonsense_is_refused(self, resident: Resident, partner: Partner, max_age: str) -> None:
        answer = sent(resident.ask(partner.application, max_age=max_age))
        assert answer["error"] == "invalid_request"


class TestSection3121IdTokenHint:
    """§3.1.2.1: id_token_hint."""

    def hint(self, partner: Partner, account: Account, **session: Any) -> str:
        """Return an ID token that the service got for the account, in some other session."""
        row = factories.session(account, **session)
        token: str = partner.tokens(account=account, session=row)["id_token"]
        return token

    def test_of_this_account_is_answered_silently(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        hint = self.hint(partner, account)
        answer = sent(resident.ask(partner.application, prompt="none", id_token_hint=hint))
        assert "code" in answer

    def test_of_another_account_is_login_required(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(factories.account())
        hint = self.hint(partner, account)
        answer = sent(resident.ask(partner.application, prompt="none", id_token_hint=hint))
        assert answer["error"] == "login_required"

    def test_of_another_account_asks_to_sign_in(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        other = factories.account(password=factories.PASSWORD)
        resident.sign_in(other)
        page = resident.ask(partner.application, id_token_hint=self.hint(partner, account))
        assert path(page) == "/sign-in"
        answer = resident.password(page, account)
        assert "code" in sent(answer)

    def test_signing_in_as_somebody_else_all_the_same_is_login_required(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        other = factories.account(password=factories.PASSWORD)
        page = resident.ask(partner.application, id_token_hint=self.hint(partner, account))
        assert sent(resident.password(page, other))["error"] == "login_required"

    @pytest.mark.parametrize("hint", ["garbage", "a.b.c", "x" * 9000, "eyJhbGciOiJub25lIn0.e30."])
    def test_that_is_not_ours_is_refused(
        self, resident: Resident, partner: Partner, hint: str
    ) -> None:
        answer = sent(resident.ask(partner.application, id_token_hint=hint))
        assert answer["error"] == "invalid_request"

    def test_of_another_application_is_refused(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        hint = self.hint(Partner.confidential(), account)
        answer = sent(resident.ask(partner.application, id_token_hint=hint))
        assert answer["error"] == "invalid_request"

    def test_an_access_token_is_no_hint(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        token = partner.tokens(account=account)["access_token"]
        answer = sent(resident.ask(partner.application, id_token_hint=token))
        assert answer["error"] == "invalid_request"


class TestStoredRequest:
    """The validated request stays with us; only its id travels, in the browser that began it."""

    def begin(self, resident: Resident, partner: Partner) -> str:
        """Begin a request that waits for a sign-in, and return its address."""
        resident.ask(partner.application)
        stored = AuthorizationRequest.objects.latest("created_at")
        return f"/authorize/continue?request={stored.pk}"

    @pytest.mark.parametrize("page", ["/authorize/continue", "/authorize/account", "/consent"])
    def test_in_another_browser_it_says_so_and_nothing_more(
        self, resident: Resident, partner: Partner, account: Account, page: str
    ) -> None:
        address = self.begin(resident, partner).replace("/authorize/continue", page)
        other = Resident()
        other.sign_in(account)
        response = other.get(address)
        assert response.status_code == 400
        assert heading(response) == "This sign-in was started in another browser"
        assert "Council Tax" not in response.content.decode()
        assert "help code" in response.content.decode()

    def test_after_two_hours_it_says_so_and_leads_back(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(home_url="https://service.example.org/")
        address = self.begin(resident, partner)
        AuthorizationRequest.objects.update(expires_at=timezone.now())
        resident.sign_in(account)
        page = resident.get(address)
        assert page.status_code == 400
        assert heading(page) == "Your sign-in has timed out"
        assert 'href="https://service.example.org/"' in page.content.decode()

    def test_it_is_answered_once(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        address = self.begin(resident, partner)
        resident.sign_in(account)
        resident.press(resident.get(address), "share")
        page = resident.get(address)
        assert page.status_code == 400
        assert heading(page) == "This sign-in was already used"
        assert Grant.objects.count() == 1

    @pytest.mark.parametrize(
        "request_id", ["", "x", "a" * 43, "%00" * 43, "%ff%fe", "'" * 43, "a" * 5000]
    )
    def test_an_unknown_one_is_a_page(self, resident: Resident, request_id: str) -> None:
        page = resident.get(f"/authorize/continue?request={request_id}")
        assert page.status_code == 400
        assert heading(page) == "We cannot find this sign-in"

    def test_two_tabs_do_not_mix(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        library = factories.application(name="Library", redirect_uris="https://library.example/cb")
        tax = resident.ask(partner.application, state="tax")
        books = resident.ask(library, redirect_uri="https://library.example/cb", state="books")
        answer = resident.press(tax, "share")
        assert sent(answer)["state"] == "tax"
        answer = resident.press(books, "share")
        assert sent(answer, "https://library.example/cb")["state"] == "books"

    def test_only_its_id_and_hash_of_browser_are_there_to_find(
        self, resident: Resident, partner: Partner
    ) -> None:
        self.begin(resident, partner)
        row = AuthorizationRequest.objects.get()
        assert row.browser_hash
        assert row.browser_hash != resident.client.cookies[settings.BROWSER_COOKIE_NAME].value


class TestNobodyInactive:
    """Inactive accounts, applications and organisations get nothing."""

    def test_an_application_suspended_on_the_way_gets_no_answer(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        partner.application.status = "suspended"
        partner.application.save()
        response = resident.press(page, "share")
        assert response.status_code == 400
        assert "Location" not in response
        assert not Grant.objects.exists()

    def test_an_organisation_suspended_on_the_way_gets_no_answer(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        organisation = partner.application.organisation
        organisation.status = "suspended"
        organisation.save()
        response = resident.press(page, "share")
        assert response.status_code == 400
        assert not Grant.objects.exists()

    def test_an_account_suspended_on_the_way_is_not_signed_in(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application)
        account.status = "suspended"
        account.save()
        assert path(resident.press(page, "share")) == "/sign-in"
        assert not Consent.objects.exists()
