"""RFC 9470: what a service that needs a stronger sign-in gets, and what our own endpoint asks for.

With it OpenID Connect Core Unmet Authentication Requirements 1.0.
"""

import pytest

from accounts.models import Account, HelpCode, Session
from idp.models import AuthorizationRequest
from tests import factories
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident, Response, heading, main_text, path, sent
from tests.protocol.test_oidc_core_acr import APP, MFA, PHR

STRONG = {"level": 2, "proofs": [{"method": "password", "at": 0}, {"method": "app", "at": 0}]}


def give_up(resident: Resident) -> Response:
    """Open the page of whoever cannot sign in as strongly as the newest request asks."""
    row = AuthorizationRequest.objects.latest("created_at")
    return resident.get(f"/authorize/give-up?request={row.pk}")


class TestSection3Challenge:
    """§3: the council has asked for more since the token was issued."""

    def test_userinfo_says_which_levels_would_do(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        raise_to(partner, 2)
        answer = partner.userinfo(token)
        assert refused(answer, "insufficient_user_authentication", 401)
        challenge = answer["WWW-Authenticate"]
        assert challenge.startswith('Bearer realm="userinfo", error="insufficient_user_auth')
        assert challenge.endswith(f', acr_values="{MFA} {PHR}"')

    def test_only_a_passkey_would_do(self, partner: Partner, account: Account) -> None:
        session = factories.session(account, **STRONG)
        token = partner.tokens(session=session)["access_token"]
        raise_to(partner, 3)
        assert partner.userinfo(token)["WWW-Authenticate"].endswith(f', acr_values="{PHR}"')

    def test_a_token_of_a_sign_in_that_is_strong_enough_stays_good(
        self, partner: Partner, account: Account
    ) -> None:
        session = factories.session(account, **STRONG)
        token = partner.tokens(session=session)["access_token"]
        raise_to(partner, 2)
        assert partner.userinfo(token).status_code == 200

    def test_a_sign_in_that_grew_stronger_does_not_lift_an_older_token(
        self, partner: Partner, account: Account
    ) -> None:
        session = factories.session(account)
        token = partner.tokens(session=session)["access_token"]
        Session.objects.filter(pk=session.pk).update(level=2)
        raise_to(partner, 2)
        assert refused(partner.userinfo(token), "insufficient_user_authentication", 401)

    def test_an_ended_token_is_told_nothing_of_levels(self, partner: Partner) -> None:
        token = partner.tokens()["access_token"]
        raise_to(partner, 2)
        partner.revoke(token)
        assert refused(partner.userinfo(token), "invalid_token", 401)

    def test_codes_and_refresh_tokens_lead_to_no_token_that_would_be_refused(
        self, partner: Partner
    ) -> None:
        issued = factories.grant(partner.application)
        token = partner.tokens()["refresh_token"]
        raise_to(partner, 2)
        assert refused(partner.exchange(issued), "invalid_grant")
        assert refused(partner.refresh(token), "invalid_grant")

    def test_a_lower_minimum_makes_the_refresh_token_good_again(self, partner: Partner) -> None:
        token = partner.tokens()["refresh_token"]
        raise_to(partner, 2)
        partner.refresh(token)
        raise_to(partner, 1)
        assert "access_token" in body(partner.refresh(token))


class TestSection5Answer:
    """§5: a level that was asked for is needed; without it the request fails."""

    def test_whoever_cannot_reach_it_is_shown_the_other_way_and_goes_back(
        self, resident: Resident, account: Account
    ) -> None:
        application = factories.application(minimum_level=2, other_way="Ring 020 7946 0101.")
        resident.sign_in(account)
        resident.ask(application, state="s" * 128)
        page = give_up(resident)
        assert heading(page) == "You cannot go on to Council Tax yet"
        assert "Ring 020 7946 0101." in main_text(page)
        answer = sent(resident.press(page, "leave"))
        assert answer["error"] == "unmet_authentication_requirements"
        assert (answer["state"], answer["iss"]) == ("s" * 128, "http://localhost:8000")
        assert HelpCode.objects.get().steps[-1]["reason"] == answer["error"]

    def test_so_does_whoever_has_not_got_as_far_as_a_session(
        self, resident: Resident, partner: Partner
    ) -> None:
        resident.ask(partner.application, acr_values=MFA)
        answer = sent(resident.press(give_up(resident), "leave"))
        assert answer["error"] == "unmet_authentication_requirements"

    def test_a_request_is_given_up_once(self, resident: Resident, partner: Partner) -> None:
        resident.ask(partner.application, acr_values=MFA)
        page = give_up(resident)
        resident.press(page, "leave")
        assert heading(resident.press(page, "leave")) == "This sign-in was already used"

    def test_where_one_factor_is_enough_there_is_nothing_to_give_up(
        self, resident: Resident, partner: Partner
    ) -> None:
        resident.ask(partner.application)
        assert path(give_up(resident)) == "/sign-in"

    def test_whoever_reached_it_in_another_tab_goes_on(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account)
        resident.ask(partner.application, acr_values=MFA)
        page = give_up(resident)
        resident.sign_in(account, *APP, replaces=session)
        assert path(resident.press(page, "leave")) == "/consent"

    def test_a_page_that_was_shown_to_somebody_else_gives_nothing_up(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account)
        resident.ask(partner.application, acr_values=MFA)
        page = give_up(resident)
        resident.sign_in(factories.account(), replaces=session)
        resident.press(page, "leave")
        assert AuthorizationRequest.objects.get().consumed_at is None

    @pytest.mark.parametrize("level, words", [(2, "a second way to sign in"), (3, "a passkey")])
    def test_the_page_says_what_is_missing(
        self, resident: Resident, account: Account, level: int, words: str
    ) -> None:
        application = factories.application(minimum_level=level)
        resident.sign_in(account)
        resident.ask(application)
        assert words in main_text(give_up(resident))


class TestWholeSignIn:
    """The levels that sign-in pages are asked for."""

    def test_prompt_login_asks_for_all_proofs_anew(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        session = resident.sign_in(account, *APP)
        resident.answer(partner.application)
        page = resident.ask(partner.application, prompt="login", acr_values=MFA)
        assert path(page) == "/sign-in"
        row = AuthorizationRequest.objects.latest("created_at")
        weak = resident.sign_in(account, replaces=session)
        assert path(resident.get(f"/authorize/continue?request={row.pk}")) != "/sign-in"
        resident.sign_in(account, *APP, replaces=weak, auth_time=weak.auth_time)
        assert "code" in sent(resident.get(f"/authorize/continue?request={row.pk}"))

    def test_a_level_that_the_account_has_no_way_to_is_offered_where_it_is_needed(
        self, resident: Resident, account: Account
    ) -> None:
        application = factories.application(minimum_level=2)
        page = resident.ask(application)
        page = resident.password(page, account)
        assert path(page) == "/account/ways-to-sign-in/needed"

    def test_a_service_that_needs_one_factor_never_asks_for_two(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        page = resident.password(resident.ask(partner.application), account)
        assert path(page) == "/consent"


def raise_to(partner: Partner, level: int) -> None:
    partner.application.minimum_level = level
    partner.application.save()
