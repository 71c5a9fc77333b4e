"""OpenID Connect RP-Initiated Logout 1.0."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, Session
from idp.keys import operations as keys
from idp.keys.material import Algorithm
from idp.models import AccessToken, Participant, SigningKey
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, heading, main_text, path, sent
from tests.protocol.service import RETURN, STATE, Service


@pytest.fixture
def account() -> Account:
    return factories.account("ann@example.org")


@pytest.fixture
def service(resident: Resident, partner: Partner, account: Account) -> Service:
    resident.sign_in(account)
    return Service(resident, partner).sign_in()


@pytest.fixture
def library(service: Service) -> Service:
    return Service(service.resident, Partner.confidential(name="Library")).sign_in()


def is_question(page: Response) -> bool:
    """Say whether the resident is asked, and nothing has ended."""
    assert page.status_code == 200
    assert heading(page) == "Do you want to sign out?"
    assert not Session.objects.exclude(ended_at=None).exists()
    return True


class TestSection2Request:
    """§2: a good hint of this browser's own session ends it without asking."""

    def test_it_ends_the_session_and_returns_with_the_state(self, service: Service) -> None:
        assert sent(service.sign_out(), RETURN) == {"state": STATE}
        assert Session.objects.get().end_reason == "signed_out"

    def test_nothing_of_that_session_works_any_more(
        self, service: Service, library: Service
    ) -> None:
        service.sign_out()
        assert not service.knows_who()
        assert not library.knows_who()
        assert service.silent()["error"] == "login_required"
        assert library.silent()["error"] == "login_required"

    def test_the_cookie_is_taken(self, service: Service) -> None:
        service.sign_out()
        assert service.resident.client.cookies["session"].value == ""

    def test_without_a_state_none_comes_back(self, service: Service) -> None:
        assert service.sign_out(state=None)["Location"] == RETURN

    def test_without_a_return_address_a_page_says_so(self, service: Service) -> None:
        page = service.sign_out(post_logout_redirect_uri=None)
        assert heading(page) == "You are signed out"
        assert service.silent()["error"] == "login_required"

    def test_a_post_from_the_service_works_too(self, service: Service) -> None:
        client = service.resident.client
        kept, client.cookies = client.cookies, type(client.cookies)()
        response = service.resident.submit("/logout", service.wish())
        assert service.id_token not in response["Location"]
        assert not response.cookies
        client.cookies = kept
        assert sent(service.resident.follow(response), RETURN) == {"state": STATE}

    def test_an_expired_hint_is_good(
        self, service: Service, time_machine: TimeMachineFixture
    ) -> None:
        later = timezone.now() + timedelta(minutes=50)
        time_machine.move_to(later)
        assert sent(service.sign_out(), RETURN) == {"state": STATE}

    def test_the_hint_of_before_a_second_sign_in_is_good(
        self, service: Service, account: Account
    ) -> None:
        service.resident.sign_in(account, replaces=Session.objects.get())
        assert sent(service.sign_out(), RETURN) == {"state": STATE}
        assert not Session.objects.filter(ended_at=None).exists()

    def test_a_client_id_beside_the_hint_must_be_its_own(
        self, service: Service, library: Service
    ) -> None:
        own = service.partner.application.client_id
        assert is_question(service.sign_out(client_id=library.partner.application.client_id))
        assert sent(service.sign_out(client_id=own), RETURN) == {"state": STATE}

    def test_a_signed_out_browser_is_sent_back(self, service: Service) -> None:
        service.sign_out()
        assert sent(service.sign_out(), RETURN) == {"state": STATE}

    def test_ending_is_recorded(self, service: Service, account: Account) -> None:
        service.sign_out()
        ended = AuditEvent.objects.get(event="account:session:ended")
        assert (ended.account_id, ended.reason) == (account.pk, "signed_out")


class TestSection2Confirmation:
    """§2, §6: anything less is a question, never a redirect."""

    @pytest.mark.parametrize(
        "uri",
        [
            f"{RETURN}?foo=bar",
            f"{RETURN}/",
            "https://evil.example/",
            "https://service.example.org/callback",
            "javascript:alert(1)",
            f"https://a@{RETURN[8:]}",
            "x" * 4000,
        ],
    )
    def test_a_return_address_that_is_not_registered(self, service: Service, uri: str) -> None:
        assert is_question(service.sign_out(post_logout_redirect_uri=uri))

    @pytest.mark.parametrize("hint", ["garbage", "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "x" * 9000])
    def test_a_hint_that_is_not_ours(self, service: Service, hint: str) -> None:
        assert is_question(service.sign_out(id_token_hint=hint))

    def test_a_hint_with_another_payload(self, service: Service) -> None:
        head, payload, signature = service.id_token.split(".")
        assert is_question(service.sign_out(id_token_hint=f"{head}.{payload}x.{signature}"))

    def test_a_hint_of_a_revoked_key(self, service: Service) -> None:
        for key in SigningKey.objects.filter(state="active"):
            SigningKey.objects.filter(pk=key.pk).update(state="revoked")
        assert is_question(service.sign_out())

    def test_an_access_token_is_no_hint(self, service: Service) -> None:
        assert is_question(service.sign_out(id_token_hint=service.access_token))

    def test_no_hint(self, service: Service) -> None:
        client_id = service.partner.application.client_id
        assert is_question(service.sign_out(id_token_hint=None))
        assert is_question(service.sign_out(id_token_hint=None, client_id=client_id))

    @pytest.mark.parametrize("query", ["", "?state=x", "?client_id=unknown", "?logout_hint=x"])
    def test_nothing_to_go_by(self, service: Service, query: str) -> None:
        assert is_question(service.resident.get(f"/logout{query}"))

    def test_a_state_that_cannot_come_back_whole(self, service: Service) -> None:
        assert is_question(service.sign_out(state="line\nbreak"))

    def test_a_hint_of_a_session_in_another_browser(
        self, service: Service, account: Account
    ) -> None:
        other = Service(Resident(), service.partner)
        other.resident.sign_in(account)
        other.sign_in()
        assert is_question(service.sign_out(id_token_hint=other.id_token))
        assert other.knows_who()

    def test_a_hint_of_somebody_else(self, service: Service) -> None:
        stranger = factories.session(factories.account())
        hint = service.partner.tokens(session=stranger)["id_token"]
        assert is_question(service.sign_out(id_token_hint=hint))

    def test_a_suspended_application_is_believed_nothing(self, service: Service) -> None:
        service.partner.application.status = "suspended"
        service.partner.application.save()
        assert is_question(service.sign_out())

    def test_a_suspended_application_gets_nobody_back(self, service: Service) -> None:
        service.sign_out()
        service.partner.application.status = "suspended"
        service.partner.application.save()
        assert heading(service.sign_out()) == "You are signed out"

    @pytest.mark.parametrize("query", ["x=%00", "x=%ff", "x=%zz", "state=1&state=2"])
    def test_what_cannot_be_read_is_a_page(self, service: Service, query: str) -> None:
        page = service.resident.get(f"/logout?{query}")
        assert page.status_code == 400
        assert not Session.objects.exclude(ended_at=None).exists()


class TestTwoChoices:
    """The confirmation page: this service alone, or everything in this browser."""

    def ask(self, service: Service) -> Response:
        """Ask without a hint, so that the resident is asked."""
        client_id = service.partner.application.client_id
        return service.sign_out(id_token_hint=None, client_id=client_id)

    def test_this_service_alone_ends_its_tokens_and_no_others(
        self, service: Service, library: Service
    ) -> None:
        page = service.resident.press(self.ask(service), "service")
        assert heading(page) == "You are signed out of Council Tax"
        assert not service.knows_who()
        assert library.knows_who()
        assert "code" in library.silent()

    def test_this_service_alone_must_ask_again(self, service: Service) -> None:
        service.resident.press(self.ask(service), "service")
        assert service.silent()["error"] == "login_required"
        page = service.resident.ask(service.partner.application, scope="openid")
        assert path(page) == "/authorize/account"
        assert "ann@example.org" in main_text(page)
        assert "code" in sent(service.resident.press(page, "continue"))
        assert "code" in service.silent()

    def test_its_old_tokens_stay_ended_after_it_was_let_in_again(self, service: Service) -> None:
        service.resident.press(self.ask(service), "service")
        page = service.resident.ask(service.partner.application, scope="openid")
        service.resident.press(page, "continue")
        assert not service.knows_who()

    def test_its_old_hint_ends_nothing_any_more(self, service: Service) -> None:
        service.resident.press(self.ask(service), "service")
        assert is_question(service.sign_out())

    def test_a_new_sign_in_in_this_browser_does_not_let_it_in_unasked(
        self, service: Service, account: Account
    ) -> None:
        service.resident.press(self.ask(service), "service")
        service.resident.sign_in(account, replaces=Session.objects.get())
        assert service.silent()["error"] == "login_required"

    def test_everything_ends_the_session(self, service: Service, library: Service) -> None:
        page = service.resident.press(self.ask(service), "everything")
        assert heading(page) == "You are signed out"
        assert not service.knows_who()
        assert not library.knows_who()
        assert service.resident.client.cookies["session"].value == ""

    def test_neither_choice_redirects(self, service: Service) -> None:
        for button in ("service", "everything"):
            response = service.resident.send(self.ask(service), button)
            assert response.status_code == 200
            assert "Location" not in response

    def test_an_unknown_service_cannot_be_chosen(self, service: Service) -> None:
        page = service.resident.get("/logout")
        assert 'id="service"' not in page.content.decode()
        assert 'id="everything"' in page.content.decode()

    def test_a_service_that_takes_no_part_cannot_be_chosen(self, service: Service) -> None:
        other = factories.application()
        page = service.resident.get(f"/logout?client_id={other.client_id}")
        assert 'id="service"' not in page.content.decode()

    @pytest.mark.parametrize("wish", ["", "garbage", "a:b:c", "\x00", "é"])
    def test_a_forged_wish_chooses_no_service(self, service: Service, wish: str) -> None:
        page = self.ask(service)
        assert is_question(service.resident.press(page, "service", wish=wish))
        assert not Participant.objects.exclude(signed_out_at=None).exists()

    def test_a_form_of_another_page_is_refused(self, service: Service) -> None:
        response = service.resident.submit("/logout/confirm", {"choice": "everything"})
        assert response.status_code == 403
        assert service.knows_who()

    def test_leaving_one_service_is_recorded(self, service: Service) -> None:
        service.resident.press(self.ask(service), "service")
        left = AuditEvent.objects.get(event="account:service:signed_out")
        assert left.application_id == service.partner.application.client_id
        assert AccessToken.objects.filter(revoked_at=None).count() == 0

    def test_offline_tokens_stay(self, service: Service) -> None:
        service.resident.press(self.ask(service), "service")
        assert service.partner.refresh(service.refresh_token).status_code == 200


def test_nobody_signed_in_is_told_so(resident: Resident) -> None:
    page = resident.get("/logout")
    assert heading(page) == "You are signed out"
    assert page.status_code == 200


def test_rotated_keys_still_know_their_hints(service: Service) -> None:
    keys.rotate(algorithm=Algorithm.ES256, by=OPERATOR)
    assert sent(service.sign_out(), RETURN) == {"state": STATE}
