"""Which of the provider's rows are purged, and which are kept for what they still prevent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts.models import Session
from accounts.retention import operations, queries
from accounts.retention.vocabulary import After
from idp.models import (
    AccessToken,
    AuthorizationRequest,
    Consent,
    Disclosure,
    Grant,
    RefreshToken,
)
from tests import factories
from tests.protocol.partner import Partner, body

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    factories.signing_keys()
    return Partner.confidential()


def purge() -> None:
    operations.purge(now=timezone.now())


def test_nothing_that_lives_is_purged(partner: Partner) -> None:
    tokens = partner.tokens()
    purge()
    assert partner.userinfo(tokens["access_token"]).status_code == 200
    assert partner.refresh(tokens["refresh_token"]).status_code == 200


@pytest.mark.parametrize("model", [Session, Consent, Disclosure])
def test_what_is_kept_for_years_is_not_read_whole_to_find_what_is_due(model: type[Model]) -> None:
    table = queries.table_of(model)
    assert isinstance(table.ends, After)
    if connection.vendor == "postgresql":
        # With few rows it would rather read them all, be it in the order of another index: a scan
        # by bitmap alone wants an index of the condition.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
    plan = queries.due(table, timezone.now()).explain()
    assert re.search(rf"{model._meta.db_table}_{table.ends.column}_\w+", plan), plan  # noqa: SLF001


def test_a_used_code_is_kept_a_day_to_notice_its_replay(partner: Partner) -> None:
    partner.exchange(factories.grant(partner.application))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clock.shift(timedelta(hours=23))
        purge()
        assert Grant.objects.count() == 1
        clock.shift(timedelta(hours=2))
        purge()
        assert not Grant.objects.exists()


def test_an_expired_access_token_is_purged(partner: Partner) -> None:
    partner.tokens()
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        purge()
    assert not AccessToken.objects.exists()


def test_a_revoked_refresh_token_stays_until_its_family_is_over(partner: Partner) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = partner.tokens()
        clock.shift(timedelta(days=20))
        second = body(partner.refresh(first["refresh_token"]))
        RefreshToken.objects.filter(rotated_at__isnull=False).update(revoked=timezone.now())
        clock.shift(timedelta(days=15))
        purge()
        assert RefreshToken.objects.count() == 2
        assert partner.refresh(second["refresh_token"]).status_code == 400
        clock.shift(timedelta(days=30))
        purge()
        assert not RefreshToken.objects.exists()


def test_requests_that_led_nowhere_are_purged(partner: Partner) -> None:
    factories.authorization_request(partner.application)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        purge()
    assert not AuthorizationRequest.objects.exists()


def test_requests_that_nobody_opened_are_purged_as_soon_as_nobody_can(partner: Partner) -> None:
    opened = factories.authorization_request(partner.application, browser_hash="x")
    factories.authorization_request(partner.application, pushed_at=timezone.now())
    AuthorizationRequest.objects.update(expires_at=timezone.now())
    purge()
    assert list(AuthorizationRequest.objects.all()) == [opened]
