"""Signing in to a sandbox application knows its test residents alone, and they nothing else."""

import pytest
from django.conf import settings

from accounts.assurance import Method, Proof
from accounts.models import PendingSignIn, Session
from accounts.sessions.operations import AccountChangedError
from accounts.signin import progress
from tests import factories
from tests.protocol.resident import Resident, path
from tests.protocol.sandbox.cast import SIGN_IN, Cast


class TestSignIn:
    @pytest.mark.parametrize("who", ["ann", "stranger"])
    def test_a_real_name_and_password_are_wrong_at_a_sandbox_application(
        self, cast: Cast, who: str
    ) -> None:
        browser = Resident()
        page = browser.password(browser.ask(cast.sandbox), getattr(cast, who))
        assert "password" in page.context["form"].errors
        assert settings.MADE_UP_COOKIE_NAME not in browser.client.cookies
        assert not Session.objects.exists()

    @pytest.mark.parametrize("who", ["maya", "stranger"])
    def test_a_test_residents_are_at_a_live_one_and_at_no_service(
        self, cast: Cast, who: str
    ) -> None:
        browser, person = Resident(), getattr(cast, who)
        for page in (browser.ask(cast.live), browser.get("/sign-in")):
            answer = browser.password(page, person)
            assert "password" in answer.context["form"].errors
        assert not Session.objects.exists()

    def test_tries_at_a_real_name_count_and_end_there_as_anywhere(self, cast: Cast) -> None:
        browser = Resident()
        page = browser.ask(cast.sandbox)
        answers = [
            browser.press(page, "sign-in", sign_in_name="ann@example.org", password="no")
            for _try in range(11)
        ]
        assert answers[-1].status_code == 429
        assert "mailed" not in answers[-1].content.decode()

    def test_what_makes_mails_or_changes_an_account_knows_no_such_sign_in(self, cast: Cast) -> None:
        browser = Resident()
        page = browser.ask(cast.sandbox)
        flow = page.wsgi_request.GET["flow"]
        text = page.content.decode()
        assert "/sign-up" not in text
        assert "/reset-password" not in text
        assert "/get-back-in" not in text
        for address in ("/sign-up", "/sign-in/mailed-code", "/sign-in/closed"):
            assert browser.get(f"{address}?flow={flow}").status_code == 400, address

    def test_the_right_flow_is_no_way_in_for_a_proof_found_elsewhere(self, cast: Cast) -> None:
        # The belt: whatever looks an account up, its proof counts in no sign-in of others.
        browser = Resident()
        browser.ask(cast.sandbox)
        flow = PendingSignIn.objects.get()
        assert flow.test_group == cast.trust.pk
        proof = Proof(Method.PASSWORD, flow.created_at)
        for person in (cast.ann, cast.stranger):
            with pytest.raises(AccountChangedError):
                progress.add(flow=flow, account=person, proof=proof)
        flow.test_group = None
        flow.save()
        with pytest.raises(AccountChangedError):
            progress.add(flow=flow, account=cast.maya, proof=proof)

    def test_a_flow_of_one_group_is_not_turned_into_anothers(self, cast: Cast) -> None:
        browser = Resident()
        other = factories.sandbox(of=factories.organisation())
        browser.ask(cast.sandbox)
        page = browser.password(browser.ask(other), cast.maya)
        assert "password" in page.context["form"].errors

    def test_a_level_out_of_reach_leads_to_no_page_where_ways_are_added(self, cast: Cast) -> None:
        browser = Resident()
        page = browser.ask(cast.sandbox, acr_values="phr")
        left = browser.password(page, cast.maya)
        assert path(left) == "/authorize/give-up"
        assert path(browser.get("/account/ways-to-sign-in")) == SIGN_IN

    def test_whoever_is_signed_in_weakly_proves_more_as_the_same_test_resident(
        self, cast: Cast, maya: Resident
    ) -> None:
        factories.way(cast.maya, "app")
        page = maya.ask(cast.sandbox, acr_values="https://refeds.org/profile/mfa")
        assert path(page) == "/sign-in/app"
        flow = PendingSignIn.objects.get()
        assert (flow.account, flow.test_group) == (cast.maya, cast.trust.pk)

    def test_no_device_of_theirs_is_remembered(self, cast: Cast, maya: Resident) -> None:
        factories.way(cast.maya, "app")
        page = maya.ask(cast.sandbox, acr_values="https://refeds.org/profile/mfa")
        assert "remember" not in page.context["form"].fields
