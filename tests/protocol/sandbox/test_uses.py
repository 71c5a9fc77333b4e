"""What is done and issued after the sign-in is kept apart likewise."""

from uuid import uuid4

import pytest
from django.conf import settings
from pytest_django import Settings

from accounts.audit.actor import SYSTEM
from accounts.models import Account, OutboundMessage, Session
from accounts.sessions.operations import end_everything
from clients.models import Application, Resource
from idp.models import Consent
from tests import factories
from tests.factories import PASSWORD
from tests.protocol import introspecting
from tests.protocol.devices import Device, maker, type_code
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Resident, heading, path
from tests.protocol.sandbox.cast import SHARING, SIGN_IN, Cast


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
        signed_out = ann.press(page, "everything")
        # It does not say that nobody is signed in, as somebody is.
        assert heading(signed_out) == "The test resident is signed out"
        assert cast.ann.sign_in_name in signed_out.content.decode()
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


class TestApis:
    """An API that asks about tokens is an application too: live, or for trying out."""

    @pytest.fixture
    def api(self, cast: Cast) -> Resource:
        return factories.resource(cast.live, cast.sandbox)

    def _told(self, api: Resource, server: Application, person: Account) -> bool:
        api.servers.add(server)
        asked = Partner(server, factories.client_secret(server))
        called = _caller_for(api, person)
        issued = factories.grant(called.application, account=person, resource=api.identifier)
        token = body(called.exchange(issued))["access_token"]
        return bool(introspecting.ask(asked, token)["active"])

    def test_a_live_one_is_told_of_real_people_alone(self, cast: Cast, api: Resource) -> None:
        assert self._told(api, factories.application(), cast.ann)
        assert not self._told(api, factories.application(), cast.maya)

    def test_one_for_trying_out_of_its_own_test_residents_alone(
        self, cast: Cast, api: Resource
    ) -> None:
        assert self._told(api, factories.sandbox(of=cast.trust), cast.maya)
        assert not self._told(api, factories.sandbox(of=cast.trust), cast.ann)
        assert not self._told(api, factories.sandbox(), cast.maya)


def _caller_for(api: Resource, person: Account) -> Partner:
    """Return the application that may call the API and serves this person."""
    called = api.callers.get(environment="sandbox" if person.is_test else "live")
    return Partner(called, factories.client_secret(called))


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
