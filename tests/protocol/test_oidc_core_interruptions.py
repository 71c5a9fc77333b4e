"""OpenID Connect Core 1.0 §3.1.2.1: what makes the provider ask although somebody is signed in."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Account, HelpCode, Session
from idp.models import AuthorizationRequest, Grant, Participant
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import (
    Resident,
    heading,
    main_text,
    path,
    sent,
)


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

    @pytest.mark.parametrize("others", ["login", "consent", "select_account", "login consent"])
    def test_create_comes_before_all_others_and_meets_login_and_select_account(
        self, resident: Resident, partner: Partner, account: Account, others: str
    ) -> None:
        resident.sign_in(account)
        page = resident.ask(partner.application, prompt=f"{others} create")
        assert path(page).startswith("/sign-up")
        stored = AuthorizationRequest.objects.latest("created_at")
        resident.sign_in(account)
        page = resident.get(f"/authorize/continue?request={stored.pk}")
        assert path(page) == "/consent"
        assert "code" in sent(resident.press(page, "share"))

    @pytest.mark.parametrize(
        "prompt", ["none login", "none create", "none none", "banana", "login banana"]
    )
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
