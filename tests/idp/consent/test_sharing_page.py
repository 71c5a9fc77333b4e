"""The sharing page, from a resident's browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, AuditEvent, Session
from clients.models import Application, ApplicationScope
from idp.models import AuthorizationRequest, Consent, Grant
from tests import factories
from tests.protocol.resident import Resident, heading, main_text, path, sent

pytestmark = pytest.mark.django_db
BUDGET = 120  # words of main text, with three details and nothing unfolded


@pytest.fixture
def account() -> Account:
    return factories.account("ann@example.org", password=factories.PASSWORD)


@pytest.fixture
def application() -> Application:
    organisation = factories.organisation(name="Riverside Trust")
    return factories.application(
        of=organisation,
        home_url="https://service.example.org/",
        privacy_url="https://service.example.org/privacy",
        other_way="Call us on 020 7946 0111.",
    )


@pytest.fixture
def resident(account: Account) -> Resident:
    browser = Resident()
    browser.sign_in(account)
    return browser


class TestShows:
    """The page shows."""

    def test_who_asks_what_for_which_values_and_as_whom(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application)
        assert heading(page) == "Share your details with Council Tax"
        text = main_text(page)
        for part in (
            "Riverside Trust",
            "Ann Example",
            "ann@example.org",
            "To find your account",
            "You are signed in as ann@example.org",
            "If you say no, you are not signed in to Council Tax.",
            "There is another way to use Council Tax: Call us on 020 7946 0111.",
        ):
            assert part in text

    def test_no_more_than_is_asked_for(self, resident: Resident, application: Application) -> None:
        text = main_text(resident.ask(application, scope="openid email"))
        assert "ann@example.org" in text
        assert "Ann Example" not in text

    def test_every_value_of_a_fuller_profile(self) -> None:
        application = factories.sandbox(scopes=["openid", "profile", "address"])
        account = factories.test_resident(
            application.organisation,
            test_claims={"birthdate": "1980-02-29", "address": {"formatted": "1 High Street"}},
        )
        browser = Resident()
        browser.sign_in(account)
        text = main_text(browser.ask(application, scope="openid profile address"))
        assert "29 February 1980" in text
        assert "1 High Street" in text

    def test_what_is_not_there_as_not_given(
        self, resident: Resident, application: Application
    ) -> None:
        ApplicationScope.objects.create(
            application=application, scope="phone", lawful_basis="consent", purpose="To call you"
        )
        assert "Not given" in main_text(resident.ask(application, scope="openid phone"))

    def test_values_as_text_and_never_as_markup(self, application: Application) -> None:
        account = factories.account(full_name="<b>Ann</b> & Co")
        ApplicationScope.objects.update(purpose="<script>alert(1)</script>")
        browser = Resident()
        browser.sign_in(account)
        html = browser.ask(application).content.decode()
        assert "&lt;b&gt;Ann&lt;/b&gt; &amp; Co" in html
        assert "<script>alert" not in html

    def test_few_words(self, resident: Resident, application: Application) -> None:
        page = resident.ask(application, scope="openid profile email")
        assert len(main_text(page, folded=True).split()) <= BUDGET

    def test_on_which_basis_each_detail_is_asked_for(
        self, resident: Resident, application: Application
    ) -> None:
        application.scopes.filter(scope="email").update(lawful_basis="contract")
        text = main_text(resident.ask(application, scope="openid email"))
        assert "That it is you: Riverside Trust needs this for work the law gives it." in text
        assert "Email address: Riverside Trust needs this to give you what you ask" in text


class TestSharing:
    """Sharing."""

    def test_is_remembered(self, resident: Resident, application: Application) -> None:
        resident.press(resident.ask(application), "share")
        assert "code" in sent(resident.ask(application))

    def test_is_asked_again_for_more(self, resident: Resident, application: Application) -> None:
        resident.press(resident.ask(application, scope="openid"), "share")
        page = resident.ask(application, scope="openid email")
        assert path(page) == "/consent"

    def test_is_asked_again_when_the_answer_is_old(
        self, resident: Resident, application: Application
    ) -> None:
        resident.press(resident.ask(application), "share")
        Consent.objects.update(expires_at=timezone.now())
        assert path(resident.ask(application)) == "/consent"

    def test_is_not_asked_again_for_less(
        self, resident: Resident, application: Application
    ) -> None:
        resident.press(resident.ask(application), "share")
        assert "code" in sent(resident.ask(application, scope="openid"))

    def test_of_one_and_then_another_detail_holds_for_both(
        self, resident: Resident, application: Application
    ) -> None:
        resident.press(resident.ask(application, scope="openid email"), "share")
        resident.press(resident.ask(application, scope="openid profile"), "share")
        assert "code" in sent(resident.ask(application, scope="openid profile email"))

    def test_names_claims_and_never_stores_values(
        self, resident: Resident, application: Application
    ) -> None:
        resident.press(resident.ask(application, scope="openid email"), "share")
        consent = Consent.objects.get()
        assert consent.scopes == ["email", "openid"]
        assert consent.claims == ["email", "email_verified"]

    def test_twice_in_one_page_makes_one_agreement(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application)
        resident.send(page, "share")
        resident.send(page, "share")
        assert Consent.objects.count() == 1
        assert AuditEvent.objects.filter(event="account:consent:granted").count() == 1

    def test_in_two_tabs_leaves_one_current_agreement(
        self, resident: Resident, application: Application
    ) -> None:
        first, second = resident.ask(application), resident.ask(application)
        assert "code" in sent(resident.press(first, "share"))
        assert "code" in sent(resident.press(second, "share"))
        assert Consent.objects.filter(superseded_at=None, withdrawn_at=None).count() == 1

    def test_gives_one_code_to_one_request(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application)
        back = resident.send(page, "share")["Location"]
        assert "code" in sent(resident.get(back))
        assert resident.get(back).status_code == 400
        assert Grant.objects.count() == 1


class TestRefusing:
    """Refusing."""

    def test_first_shows_the_other_way(self, resident: Resident, application: Application) -> None:
        page = resident.press(resident.ask(application), "refuse")
        assert "Council Tax" in heading(page)
        assert "Call us on 020 7946 0111." in main_text(page)
        assert "Nothing has been shared" in main_text(page)
        assert not AuditEvent.objects.filter(event="account:consent:refused").exists()

    def test_can_be_taken_back(self, resident: Resident, application: Application) -> None:
        page = resident.press(resident.ask(application), "refuse")
        (back,) = {part for part in page.content.decode().split('"') if "/consent?" in part}
        assert path(resident.get(back)) == "/consent"

    def test_then_tells_the_service_and_shares_nothing(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.press(resident.ask(application), "refuse")
        answer = sent(resident.press(page, "leave"))
        assert (answer["error"], answer["state"]) == ("access_denied", "state-1")
        assert not Consent.objects.exists()
        assert not Grant.objects.exists()
        assert AuditEvent.objects.filter(event="account:consent:refused").count() == 1

    def test_uses_the_request_up(self, resident: Resident, application: Application) -> None:
        asked = resident.ask(application)
        page = resident.press(asked, "refuse")
        resident.press(page, "leave")
        assert resident.press(page, "leave").status_code == 400
        assert resident.press(asked, "share").status_code == 400
        assert not Consent.objects.exists()

    def test_leaves_an_earlier_agreement_alone(
        self, resident: Resident, application: Application
    ) -> None:
        resident.press(resident.ask(application), "share")
        page = resident.press(resident.ask(application, prompt="consent"), "refuse")
        resident.press(page, "leave")
        assert "code" in sent(resident.ask(application))


class TestSomebodyElse:
    """Somebody else in the same browser."""

    def test_signs_in_and_is_asked_about_their_own_details(
        self, resident: Resident, application: Application
    ) -> None:
        sam = factories.account("sam@example.org", password=factories.PASSWORD)
        page = resident.press(resident.ask(application), "not-you")
        assert path(page) == "/sign-in"
        page = resident.password(page, sam)
        assert "sam@example.org" in main_text(page)
        resident.press(page, "share")
        assert Grant.objects.get().user == sam

    def test_cannot_answer_a_page_shown_to_another(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application)
        resident.sign_in(factories.account(), replaces=Session.objects.get())
        again = resident.press(page, "share")
        assert path(again) == "/consent"
        assert not Consent.objects.exists()

    def test_cannot_refuse_for_another(self, resident: Resident, application: Application) -> None:
        page = resident.press(resident.ask(application), "refuse")
        resident.sign_in(factories.account(), replaces=Session.objects.get())
        assert path(resident.press(page, "leave")) == "/consent"
        assert AuthorizationRequest.objects.get().consumed_at is None

    def test_gets_no_use_of_what_another_did_for_the_same_request(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application, prompt="consent")
        back = resident.send(page, "share")["Location"]
        sam = factories.account("sam@example.org")
        factories.consent(sam, application)
        resident.sign_in(sam, replaces=Session.objects.get())
        assert path(resident.get(back)) == "/consent"


class TestForgery:
    """What no page of ours sent, or not for this."""

    @pytest.mark.parametrize("step", ["", "x", "k1:" + "a" * 43, "1:é", "\x00", "a" * 5000])
    def test_an_answer_without_the_pages_proof_changes_nothing(
        self, resident: Resident, application: Application, step: str
    ) -> None:
        again = resident.press(resident.ask(application), "share", step=step)
        assert path(again) == "/consent"
        assert not Consent.objects.exists()

    def test_the_proof_of_one_request_is_none_for_another(
        self, resident: Resident, application: Application
    ) -> None:
        narrow = resident.ask(application, scope="openid")
        wide = resident.ask(application, scope="openid profile email")
        stored = AuthorizationRequest.objects.latest("created_at")
        assert path(resident.press(narrow, "share", request=stored.pk)) == "/consent"
        assert not Consent.objects.exists()
        assert path(wide) == "/consent"

    def test_an_answer_to_another_question_changes_nothing(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application)
        ApplicationScope.objects.filter(scope="email").update(purpose="To sell it")
        again = resident.press(page, "share")
        assert "To sell it" in main_text(again)
        assert not Consent.objects.exists()

    def test_an_unknown_decision_changes_nothing(
        self, resident: Resident, application: Application
    ) -> None:
        again = resident.press(resident.ask(application), "share", decision="banana")
        assert path(again) == "/consent"

    def test_the_page_of_a_finished_step_leads_on(
        self, resident: Resident, application: Application
    ) -> None:
        page = resident.ask(application, max_age="600")
        Session.objects.update(auth_time=timezone.now() - timedelta(hours=1))
        assert path(resident.get(page.wsgi_request.get_full_path())) == "/sign-in"
