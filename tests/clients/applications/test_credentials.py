"""Client secrets and their rotation."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.applications import operations
from clients.applications.credentials import operations as credentials
from clients.applications.credentials.operations import NoSecretError
from clients.applications.queries import live_secrets
from clients.applications.registration import Kind
from clients.models import Application
from clients.organisations import operations as organisations
from tests.clients.registrations import registration

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


def make(kind: Kind = Kind.WEB) -> tuple[Application, str]:
    organisation = organisations.create(name="Example Council", by=OPERATOR)
    created = operations.create(
        organisation=organisation, registration=registration(kind=kind), by=OPERATOR
    )
    return created.application, created.client_secret


def good(application: Application, secret: str, now: datetime) -> bool:
    hashes = live_secrets(application, now=now).values_list("secret_hash", flat=True)
    return any(keyed_hash.matches("client_secret", secret, stored) for stored in hashes)


def test_with_an_overlap_old_and_new_are_both_good_until_it_ends() -> None:
    application, old = make()
    with time_machine.travel(NOW, tick=False):
        new = credentials.rotate(application=application, overlap=DAY, by=OPERATOR)
    assert new != old
    just_before, after = NOW + DAY - timedelta(seconds=1), NOW + DAY
    assert [good(application, old, at) for at in (NOW, just_before, after)] == [True, True, False]
    assert good(application, new, after)


def test_without_an_overlap_the_old_one_ends_at_once() -> None:
    application, old = make()
    with time_machine.travel(NOW, tick=False):
        new = credentials.rotate(application=application, overlap=timedelta(0), by=OPERATOR)
    assert not good(application, old, NOW)
    assert good(application, new, NOW)


def test_at_most_two_are_ever_good() -> None:
    application, first = make()
    with time_machine.travel(NOW, tick=False):
        second = credentials.rotate(application=application, overlap=DAY, by=OPERATOR)
        third = credentials.rotate(application=application, overlap=DAY, by=OPERATOR)
    goodness = [good(application, secret, NOW) for secret in (first, second, third)]
    assert goodness == [False, True, True]


def test_a_leaked_secret_is_ended_even_during_an_overlap() -> None:
    application, first = make()
    with time_machine.travel(NOW, tick=False):
        second = credentials.rotate(application=application, overlap=DAY, by=OPERATOR)
        credentials.rotate(application=application, overlap=timedelta(0), by=OPERATOR)
    assert not good(application, first, NOW)
    assert not good(application, second, NOW)


def test_a_rotation_is_recorded_without_the_secret() -> None:
    application, _ = make()
    secret = credentials.rotate(application=application, overlap=DAY, by=OPERATOR)
    event = AuditEvent.objects.get(event="application:client_secret:rotated")
    assert event.application_id == application.client_id
    assert secret not in str(vars(event))


def test_a_public_application_cannot_be_given_a_secret() -> None:
    application, _ = make(Kind.SPA)
    with pytest.raises(NoSecretError):
        credentials.rotate(application=application, overlap=DAY, by=OPERATOR)
    assert not application.secrets.exists()
