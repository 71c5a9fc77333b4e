"""The profile's table "what ends what", row by row, as the services see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.audit.operations import About
from accounts.models import Account, AuditEvent, Session
from accounts.sessions import operations as sessions
from accounts.suspension import operations as suspension
from clients.applications import operations as applications
from clients.organisations import operations as organisations
from idp.consent import operations as consents
from idp.models import AccessToken, Grant, RefreshToken
from idp.tokens import operations as tokens
from tests import factories
from tests.protocol import residents_endings as endings
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident
from tests.protocol.service import Service


@dataclass
class Scene:
    """One account in two browsers at two services: tax and library here, tax at work."""

    account: Account
    tax: Service
    library: Service
    work: Service
    here: Session

    def living(self) -> dict[str, bool]:
        """Say what still works: each access token, then each refresh token."""
        services = {"tax": self.tax, "library": self.library, "work": self.work}
        access = {f"{name}": service.knows_who() for name, service in services.items()}
        offline = {
            f"{name} offline": service.partner.refresh(service.refresh_token).status_code == 200
            for name, service in services.items()
        }
        return {**access, **offline}


@pytest.fixture
def scene() -> Scene:
    account = factories.account("ann@example.org", password=factories.PASSWORD)
    tax, library = Partner.confidential(), Partner.confidential(name="Library")
    here, work = Resident(), Resident()
    session = here.sign_in(account)
    work.sign_in(account)
    return Scene(
        account,
        Service(here, tax).sign_in(),
        Service(here, library).sign_in(),
        Service(work, tax).sign_in(),
        session,
    )


def all_but(*ended: str) -> dict[str, bool]:
    """Return what `living` says when only these have ended."""
    names = ["tax", "library", "work", "tax offline", "library offline", "work offline"]
    return {name: name not in ended for name in names}


EVERYTHING = ("tax", "library", "work", "tax offline", "library offline", "work offline")


def sign_out(scene: Scene) -> None:
    sessions.end(session=scene.here, reason=Session.EndReason.SIGNED_OUT, by=SYSTEM)


def end_by_operator(scene: Scene) -> None:
    sessions.end(session=scene.here, reason=Session.EndReason.ENDED_BY_OPERATOR, by=OPERATOR)


def expire(scene: Scene) -> None:
    Session.objects.filter(pk=scene.here.pk).update(expires_at=timezone.now())


def idle(scene: Scene) -> None:
    long_ago = timezone.now() - settings.SESSION_IDLE - timedelta(seconds=1)
    Session.objects.filter(pk=scene.here.pk).update(last_seen_at=long_ago)


@pytest.mark.parametrize("ending", [sign_out, end_by_operator, expire, idle])
def test_signed_out_ended_or_expired_ends_that_session_and_its_tokens(
    scene: Scene, ending: Callable[[Scene], None]
) -> None:
    ending(scene)
    assert scene.living() == all_but("tax", "library")


@pytest.mark.parametrize("ending", [endings.change_password, endings.remove_a_way])
def test_a_changed_password_and_a_removed_way_end_all_other_sessions_and_their_tokens(
    scene: Scene, ending: Callable[[Session], None]
) -> None:
    ending(Session.objects.exclude(pk=scene.here.pk).get())
    assert scene.living() == all_but("tax", "library")


@pytest.mark.parametrize(
    "ending",
    [
        endings.reset,
        endings.recover,
        endings.not_me_beside_a_row,
        endings.not_me_in_a_mail,
        endings.end_all,
        endings.freeze,
        endings.freeze_in_a_mail,
        endings.close_by_joining,
    ],
)
def test_what_may_be_about_a_stranger_ends_everything(
    scene: Scene, ending: Callable[[Session], None]
) -> None:
    ending(scene.here)
    assert not Session.objects.filter(account=scene.account, ended_at=None).exists()
    assert scene.living() == all_but(*EVERYTHING)


def suspend(scene: Scene) -> None:
    suspension.suspend(account=scene.account, by=OPERATOR)


def end_all(scene: Scene) -> None:
    suspension.end_everything(account=scene.account, by=OPERATOR)


@pytest.mark.parametrize("ending", [suspend, end_all])
def test_what_staff_stop_or_end_for_an_owner_ends_everything(
    scene: Scene, ending: Callable[[Scene], None]
) -> None:
    ending(scene)
    assert scene.living() == all_but(*EVERYTHING)


def test_a_reinstated_account_finds_its_old_tokens_ended(scene: Scene) -> None:
    suspend(scene)
    suspension.reinstate(account=scene.account, by=OPERATOR)
    assert scene.living() == all_but(*EVERYTHING)


def test_a_withdrawn_consent_ends_what_that_application_holds(scene: Scene) -> None:
    application = scene.tax.partner.application
    consents.withdraw(account=scene.account, application=application, by=SYSTEM)
    assert scene.living() == all_but("tax", "work", "tax offline", "work offline")
    assert AuditEvent.objects.filter(event="account:consent:withdrawn").count() == 1


def test_agreeing_again_does_not_bring_withdrawn_tokens_back(scene: Scene) -> None:
    application = scene.tax.partner.application
    consents.withdraw(account=scene.account, application=application, by=SYSTEM)
    factories.consent(scene.account, application)
    assert scene.living() == all_but("tax", "work", "tax offline", "work offline")


def suspend_application(scene: Scene) -> None:
    applications.suspend(application=scene.tax.partner.application, by=OPERATOR)


def suspend_organisation(scene: Scene) -> None:
    organisations.suspend(organisation=scene.tax.partner.application.organisation, by=OPERATOR)


@pytest.mark.parametrize("ending", [suspend_application, suspend_organisation])
def test_a_suspended_application_or_organisation_loses_everything(
    scene: Scene, ending: Callable[[Scene], None]
) -> None:
    ending(scene)
    assert scene.library.knows_who()
    assert not scene.tax.knows_who()
    assert not RefreshToken.objects.filter(
        application=scene.tax.partner.application, revoked=None
    ).exists()


def test_a_reinstated_application_finds_its_old_tokens_ended(scene: Scene) -> None:
    application = scene.tax.partner.application
    suspend_application(scene)
    applications.reinstate(application=application, by=OPERATOR)
    assert scene.living() == all_but("tax", "work", "tax offline", "work offline")


def test_signing_in_again_in_the_same_browser_keeps_what_services_hold(scene: Scene) -> None:
    scene.tax.resident.sign_in(scene.account, replaces=scene.here)
    assert scene.living() == all_but()


def test_somebody_else_signing_in_ends_the_session_before(scene: Scene) -> None:
    scene.tax.resident.sign_in(factories.account(), replaces=scene.here)
    assert scene.living() == all_but("tax", "library")


def test_a_code_not_yet_redeemed_ends_with_its_session(scene: Scene) -> None:
    code = scene.tax.resident.answer(scene.tax.partner.application)["code"]
    sign_out(scene)
    response = scene.tax.partner.post(
        "/token",
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        },
    )
    assert response.status_code == 400


def test_one_family_ends_alone(scene: Scene) -> None:
    grant = Grant.objects.filter(application=scene.library.partner.application).get()
    tokens.end_for_family(family=grant.token_family, about=About(object_kind="test"), by=SYSTEM)
    assert scene.living() == all_but("library", "library offline")


def test_every_ending_is_recorded_once_with_its_counts(scene: Scene) -> None:
    tokens.end_for_account(account=scene.account, reason="account_locked", by=SYSTEM)
    tokens.end_for_account(account=scene.account, reason="account_locked", by=SYSTEM)
    event = AuditEvent.objects.get(event="account:tokens:revoked")
    assert event.detail == {"access_tokens": 3, "codes": 0, "refresh_tokens": 3}
    assert AccessToken.objects.filter(revoked_at=None).count() == 0
