"""A client secret in the wrong hands: ended at once, counted, and told to the council."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import resident as acting
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, AuditEvent
from clients.applications.queries import live_secrets
from clients.models import Application, Member, SecretLeak
from idp.models import AccessToken
from idp.portal.leaks.rules import Since, moment
from tests import factories
from tests.clients.partner import Partner, text
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer() -> Partner:
    return Partner(Member.Role.DEVELOPER)


@pytest.fixture
def application(developer: Partner) -> Application:
    row = developer.sandbox()
    factories.client_secret(row)
    return row


def _say(partner: Partner, application: Application, since: str = Since.HOUR) -> SecretLeak:
    answer = partner.post(partner.page(application, "leaked-secret"), since=since)
    assert answer.status_code == 303
    leak = SecretLeak.objects.latest("pk")
    assert answer["Location"] == partner.page(application, f"leaked-secret/{leak.pk}")
    return leak


def _signs_in(account: Account, application: Application, ago: timedelta) -> None:
    about = About(account_id=account.pk, application_id=application.client_id)
    with time_machine.travel(timezone.now() - ago, tick=False), transaction.atomic():
        record(Event.AUTHORIZATION_GRANTED, by=acting(account), about=about)


def _good(application: Application) -> int:
    return live_secrets(application, now=timezone.now()).count()


def test_every_secret_ends_and_a_case_is_opened(
    developer: Partner, application: Application
) -> None:
    factories.client_secret(application)
    leak = _say(developer, application)
    assert _good(application) == 0
    assert (leak.application, leak.reported_by) == (application, developer.account)
    page = text(developer.get(developer.page(application, f"leaked-secret/{leak.pk}")))
    assert "Make a new secret" in page
    assert AuditEvent.objects.filter(event=Event.CLIENT_SECRET_LEAKED).count() == 1


def test_tokens_end_with_it(developer: Partner, application: Application) -> None:
    person = factories.account()
    AccessToken.objects.create(
        application=application,
        user=person,
        consent=factories.consent(person, application),
        kid="k",
        token_family=uuid4(),
        scope="openid",
        expires=timezone.now() + timedelta(minutes=5),
    )
    _say(developer, application)
    assert AccessToken.objects.get().revoked_at is not None


def test_residents_who_signed_in_meanwhile_are_counted_once_each(
    developer: Partner, application: Application
) -> None:
    ann, bob, other = factories.account(), factories.account(), factories.application()
    Application.objects.update(created=timezone.now() - timedelta(days=90))
    application.secrets.update(created_at=timezone.now() - timedelta(days=60))
    for account, days in ((ann, 2), (ann, 3), (bob, 6), (factories.account(), 20)):
        _signs_in(account, application, timedelta(days=days))
    _signs_in(factories.account(), other, timedelta(days=1))
    leak = _say(developer, application, Since.WEEK)
    assert leak.residents == 2
    assert "2" in text(developer.get(developer.page(application, f"leaked-secret/{leak.pk}")))


def test_what_is_not_known_counts_from_the_oldest_secret() -> None:
    now = timezone.now()
    oldest = now - timedelta(days=40)
    assert moment(Since.UNKNOWN, now=now, oldest=oldest) == oldest
    assert moment(Since.DAY, now=now, oldest=oldest) == now - timedelta(days=1)
    # Nobody had it before it was made.
    young = now - timedelta(minutes=5)
    assert moment(Since.MONTH, now=now, oldest=young) == young


def test_said_twice_it_is_one_case(developer: Partner, application: Application) -> None:
    assert _say(developer, application) == _say(developer, application)
    factories.client_secret(application)
    assert _say(developer, application) != SecretLeak.objects.earliest("pk")


@pytest.mark.parametrize("since", ["", "year", "\x00"])
def test_an_answer_that_is_none_ends_nothing(
    developer: Partner, application: Application, since: str
) -> None:
    page = developer.post(developer.page(application, "leaked-secret"), since=since)
    assert "Choose since when" in text(page)
    assert "Error:" in text(page)
    assert _good(application) == 1


def test_an_application_without_secret_has_no_such_page(developer: Partner) -> None:
    public = developer.sandbox(
        client_type="public", token_endpoint_auth_method=Application.AuthMethod.NONE
    )
    assert developer.get(developer.page(public, "leaked-secret")).status_code == 404


def test_a_viewer_ends_nothing() -> None:
    viewer = Partner(Member.Role.VIEWER)
    row = viewer.sandbox()
    factories.client_secret(row)
    assert viewer.post(viewer.page(row, "leaked-secret"), since="hour").status_code == 403
    assert "A secret has leaked" not in text(viewer.get(viewer.page(row, "credentials")))
    assert _good(row) == 1


def test_another_applications_case_is_not_there(
    developer: Partner, application: Application
) -> None:
    leak = _say(developer, application)
    other = developer.sandbox()
    assert developer.get(developer.page(other, f"leaked-secret/{leak.pk}")).status_code == 404
    stranger = Partner()
    theirs = stranger.page(stranger.sandbox(), f"leaked-secret/{leak.pk}")
    assert stranger.get(theirs).status_code == 404
    (tried,) = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    assert (tried.account_id, tried.reason) == (stranger.account.pk, "not_its_own")


def test_the_council_lists_cases_and_closes_them(
    developer: Partner, application: Application
) -> None:
    leak = _say(developer, application)
    (listed,) = run("leak", "list")
    assert (listed["case"], listed["application"]) == (leak.pk, application.slug)
    assert run("leak", "answer", str(leak.pk))["answered_at"]
    assert run("leak", "list") == []
    assert refused("leak", "answer", "999999")[1] == 1
    page = text(developer.get(developer.page(application, f"leaked-secret/{leak.pk}")))
    assert "Closed on" in page
