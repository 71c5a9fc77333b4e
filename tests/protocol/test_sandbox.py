"""Made-up people and real ones never meet: each entry, in both directions.

The browser here holds both sessions at once, as that of a developer who tries a service does.
"""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.conf import settings
from pytest_django import Settings

from accounts.assurance import Method, Proof
from accounts.audit.actor import SYSTEM
from accounts.models import Account, AuditEvent, OutboundMessage, PendingSignIn, Session
from accounts.sessions.operations import AccountChangedError, end_everything
from accounts.signin import progress
from clients.models import Application, Organisation
from idp.models import AuthorizationRequest, Consent
from tests import factories
from tests.accounts.visitor import statements
from tests.factories import PASSWORD
from tests.protocol.devices import Device, maker, type_code
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident, heading, parameters, path, sent

SIGN_IN, SHARING = "/sign-in", "/consent"


@dataclass
class Cast:
    """An organisation that tries out a service, its test resident, and everybody else."""

    trust: Organisation
    sandbox: Application
    live: Application
    maya: Account
    ann: Account
    stranger: Account


@pytest.fixture
def cast() -> Cast:
    trust = factories.organisation(name="Riverside Trust")
    return Cast(
        trust,
        factories.sandbox(of=trust),
        factories.application(of=trust),
        factories.test_resident(trust, password=PASSWORD),
        factories.account("ann@example.org", password=PASSWORD),
        factories.test_resident(factories.organisation(), password=PASSWORD),
    )


@pytest.fixture
def ann(cast: Cast) -> Resident:
    browser = Resident()
    browser.sign_in(cast.ann)
    return browser


@pytest.fixture
def maya(cast: Cast) -> Resident:
    browser = Resident()
    browser.sign_in(cast.maya)
    return browser


def settled(person: Account, application: Application) -> Consent:
    """Return an agreement which would let the person straight in, were they served."""
    return factories.consent(person, application)


class TestAuthorize:
    def test_a_real_session_is_as_good_as_none_at_a_sandbox_application(
        self, cast: Cast, ann: Resident
    ) -> None:
        settled(cast.ann, cast.sandbox)
        page = ann.ask(cast.sandbox)
        assert path(page) == SIGN_IN
        assert cast.ann.sign_in_name not in page.content.decode()

    def test_a_test_residents_session_is_as_good_as_none_at_a_live_one(
        self, cast: Cast, maya: Resident
    ) -> None:
        settled(cast.maya, cast.live)
        page = maya.ask(cast.live)
        assert path(page) == SIGN_IN
        assert cast.maya.sign_in_name not in page.content.decode()

    def test_nor_is_it_known_to_another_organisation(self, cast: Cast) -> None:
        browser = Resident()
        browser.sign_in(cast.stranger)
        settled(cast.stranger, cast.sandbox)
        assert path(browser.ask(cast.sandbox)) == SIGN_IN

    def test_each_is_let_in_where_they_belong_beside_the_other(
        self, cast: Cast, ann: Resident
    ) -> None:
        ann.sign_in(cast.maya)
        for person, application in ((cast.ann, cast.live), (cast.maya, cast.sandbox)):
            settled(person, application)
            assert "code" in sent(ann.ask(application))
            assert AuditEvent.objects.latest("at").account_id == person.pk

    @pytest.mark.parametrize("who", ["ann", "stranger"])
    def test_prompt_none_finds_nobody(self, cast: Cast, who: str) -> None:
        browser, person = Resident(), getattr(cast, who)
        browser.sign_in(person)
        settled(person, cast.sandbox)
        assert sent(browser.ask(cast.sandbox, prompt="none"))["error"] == "login_required"

    def test_prompt_none_finds_no_test_resident_at_a_live_one(
        self, cast: Cast, maya: Resident
    ) -> None:
        settled(cast.maya, cast.live)
        assert sent(maya.ask(cast.live, prompt="none"))["error"] == "login_required"

    def test_prompt_create_makes_no_account(self, cast: Cast) -> None:
        assert path(Resident().ask(cast.sandbox, prompt="create")) == SIGN_IN

    def test_a_pushed_request_is_no_way_round(self, cast: Cast, ann: Resident) -> None:
        settled(cast.ann, cast.sandbox)
        partner = Partner(cast.sandbox, factories.client_secret(cast.sandbox))
        uri = body(partner.post("/par", parameters(cast.sandbox)))["request_uri"]
        query = f"client_id={cast.sandbox.client_id}&request_uri={uri}"
        assert path(ann.get(f"/authorize?{query}")) == SIGN_IN

    def test_nor_is_going_on_by_the_address(self, cast: Cast, ann: Resident) -> None:
        settled(cast.ann, cast.sandbox)
        ann.ask(cast.sandbox)
        row = AuthorizationRequest.objects.get()
        for page in ("continue", "account", "give-up"):
            assert path(ann.get(f"/authorize/{page}?request={row.pk}")) == SIGN_IN


class TestCookies:
    """A session opens nothing under the other's cookie."""

    def test_a_test_residents_session_reaches_no_account_page(self, maya: Resident) -> None:
        stolen = maya.client.cookies[settings.MADE_UP_COOKIE_NAME].value
        for page in ("/account", "/account/services", "/account/close", "/device"):
            assert path(maya.get(page)) != page
            maya.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = stolen
            assert path(maya.get(page)) != page
            del maya.client.cookies[settings.SIGNED_IN_COOKIE_NAME]

    def test_a_real_session_opens_nothing_as_a_test_residents(
        self, cast: Cast, ann: Resident
    ) -> None:
        settled(cast.ann, cast.sandbox)
        cookie = ann.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value
        ann.client.cookies[settings.MADE_UP_COOKIE_NAME] = cookie
        assert path(ann.ask(cast.sandbox)) == SIGN_IN

    def test_signing_in_as_a_test_resident_leaves_the_developer_signed_in(
        self, cast: Cast, ann: Resident
    ) -> None:
        before = ann.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value
        page = ann.password(ann.ask(cast.sandbox), cast.maya)
        assert path(page) == SHARING
        assert cast.maya.sign_in_name in page.content.decode()
        assert ann.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value == before
        assert path(ann.get("/account")) == "/account"
        assert Session.objects.get(account=cast.ann).ended_at is None

    def test_no_page_asks_for_a_test_residents_session_but_those_it_is_for(
        self, cast: Cast, ann: Resident
    ) -> None:
        ann.get("/help/contact")
        with statements() as without:
            ann.get("/help/contact")
        ann.sign_in(cast.maya)
        with statements() as beside:
            ann.get("/help/contact")
        assert beside == without


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


class TestSharing:
    def test_the_page_shown_to_a_test_resident_takes_no_real_persons_answer(
        self, cast: Cast, ann: Resident
    ) -> None:
        ann.sign_in(cast.maya)
        page = ann.ask(cast.sandbox)
        assert path(page) == SHARING
        del ann.client.cookies[settings.MADE_UP_COOKIE_NAME]
        assert path(ann.press(page, "share")) == SIGN_IN
        assert not Consent.objects.exists()

    def test_a_request_is_not_moved_to_another_kind_of_application(
        self, cast: Cast, maya: Resident
    ) -> None:
        page = maya.ask(cast.sandbox)
        Application.objects.filter(pk=cast.sandbox.pk).update(environment="live")
        assert path(maya.press(page, "share")) == SIGN_IN
        assert not Consent.objects.exists()

    def test_it_leads_to_no_page_of_an_account(self, cast: Cast) -> None:
        browser = Resident()
        browser.sign_in(cast.maya)
        application = factories.sandbox(of=cast.trust, scopes=["openid", "address", "phone"])
        page = browser.ask(application, scope="openid address phone").content.decode()
        assert 'href="/account' not in page


class TestLogout:
    def test_a_sandbox_application_signs_out_its_test_resident_alone(
        self, cast: Cast, ann: Resident
    ) -> None:
        ann.sign_in(cast.maya)
        page = ann.get(f"/logout?client_id={cast.sandbox.client_id}")
        ann.press(page, "everything")
        assert Session.objects.get(account=cast.ann).ended_at is None
        assert Session.objects.get(account=cast.maya).ended_at is not None
        assert path(ann.get("/account")) == "/account"

    def test_a_live_one_signs_out_no_test_resident(self, cast: Cast, ann: Resident) -> None:
        ann.sign_in(cast.maya)
        page = ann.get(f"/logout?client_id={cast.live.client_id}")
        ann.press(page, "everything")
        assert Session.objects.get(account=cast.ann).ended_at is not None
        assert Session.objects.get(account=cast.maya).ended_at is None


class TestDevices:
    def test_its_code_is_unknown_where_residents_type_codes(
        self, cast: Cast, ann: Resident
    ) -> None:
        device = Device.asks(maker(of=cast.trust, environment="sandbox"))
        assert device.answer["verification_uri"].endswith(f"/device/test/{cast.trust.slug}")
        assert path(type_code(ann, device.user_code)) == "/device"

    def test_residents_codes_are_unknown_where_test_residents_type_them(
        self, cast: Cast, maya: Resident
    ) -> None:
        place = f"/device/test/{cast.trust.slug}"
        device = Device.asks(maker(of=cast.trust))
        assert path(type_code(maya, device.user_code, at=place)) == place

    def test_nobody_else_enters_there(self, cast: Cast, ann: Resident) -> None:
        page = ann.get(f"/device/test/{cast.trust.slug}")
        assert path(page) == SIGN_IN
        assert "password" in ann.password(page, cast.ann).context["form"].errors
        assert ann.get("/device/test/nobody").status_code == 404

    def test_a_test_resident_lets_it_in(self, cast: Cast, maya: Resident) -> None:
        device = Device.asks(maker(of=cast.trust, environment="sandbox"))
        place = f"/device/test/{cast.trust.slug}"
        page = maya.press(type_code(maya, device.user_code, at=place), "allow")
        assert heading(maya.press(page, "share")) == "Your device can use Council Tax now"
        assert "access_token" in device.tokens()


class TestMachines:
    """What was issued before is good no more once the two must not meet."""

    @pytest.fixture
    def partner(self, cast: Cast) -> Partner:
        return Partner(cast.live, factories.client_secret(cast.live))

    def test_a_code_is_not_exchanged(self, cast: Cast, partner: Partner) -> None:
        for person in (cast.maya, cast.stranger):
            issued = factories.grant(cast.live, account=person)
            assert refused(partner.exchange(issued), "invalid_grant")
        trial = Partner(cast.sandbox, factories.client_secret(cast.sandbox))
        for person in (cast.ann, cast.stranger):
            issued = factories.grant(cast.sandbox, account=person)
            assert refused(trial.exchange(issued), "invalid_grant")

    def test_tokens_end(self, cast: Cast, partner: Partner) -> None:
        tokens = partner.tokens(account=cast.ann)
        assert partner.userinfo(tokens["access_token"]).status_code == 200
        Application.objects.filter(pk=cast.live.pk).update(environment="sandbox")
        assert partner.userinfo(tokens["access_token"]).status_code == 401
        told = body(partner.post("/introspect", {"token": tokens["access_token"]}))
        assert told == {"active": False}
        assert refused(partner.refresh(tokens["refresh_token"]), "invalid_grant")


class TestSwitchedOff:
    def test_no_sandbox_application_does_anything(
        self, cast: Cast, maya: Resident, settings: Settings
    ) -> None:
        trial = Partner(cast.sandbox, factories.client_secret(cast.sandbox))
        page = maya.ask(cast.sandbox)
        tokens = trial.tokens(account=cast.maya)
        settings.SANDBOX = False
        assert "switched off" in maya.ask(cast.sandbox).content.decode()
        assert "switched off" in maya.press(page, "share").content.decode()
        assert trial.userinfo(tokens["access_token"]).status_code == 401
        assert refused(trial.refresh(tokens["refresh_token"]), "invalid_client", 401)
        assert path(maya.get(f"/device/test/{cast.trust.slug}")) == SIGN_IN

    def test_live_ones_go_on(self, cast: Cast, ann: Resident, settings: Settings) -> None:
        settings.SANDBOX = False
        assert path(ann.ask(cast.live)) == SHARING


def test_no_mail_is_for_a_test_resident(cast: Cast) -> None:
    end_everything(account=cast.maya, by=SYSTEM)
    assert not OutboundMessage.objects.exists()
    end_everything(account=cast.ann, by=SYSTEM)
    assert OutboundMessage.objects.exists()


def test_somebody_made_up_of_no_organisation_is_served_by_nobody(cast: Cast) -> None:
    made_up = factories.account(is_test=True, password=PASSWORD)
    for group in (None, cast.trust.pk, uuid4()):
        assert not made_up.is_known_to(group)
