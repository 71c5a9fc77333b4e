"""Owners and developers hear that a secret ends: 30, 7 and 1 days before, once each."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import AuditEvent, OutboundMessage
from clients.applications.credentials import endings
from clients.applications.credentials.rules import notice_due
from clients.models import Application, Member, Organisation
from tests import factories

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "left, told, due",
    [
        (31 * DAY, None, None),
        (30 * DAY, None, 30),
        (30 * DAY, 30, None),
        (8 * DAY, 30, None),
        (7 * DAY, 30, 7),
        (5 * DAY, None, 7),
        (5 * DAY, 7, None),
        (DAY, 7, 1),
        (DAY, None, 1),
        (timedelta(minutes=1), 1, None),
        (timedelta(0), None, None),
        (-DAY, None, None),
    ],
)
def test_each_notice_is_due_once(left: timedelta, told: int | None, due: int | None) -> None:
    assert notice_due(ends_at=NOW + left, now=NOW, told=told) == due


def _told() -> list[tuple[object, str]]:
    rows = OutboundMessage.objects.filter(template__startswith="partners/").order_by("created_at")
    return list(rows.values_list("account_id", "template"))


@pytest.mark.django_db
def test_owners_and_developers_are_told_and_nobody_else() -> None:
    application = factories.application(name="Bin Days")
    of = application.organisation
    owner = factories.member(factories.account(), of=of)
    developer = factories.member(factories.account(), of=of, role=Member.Role.DEVELOPER)
    factories.member(factories.account(), of=of, role=Member.Role.VIEWER)
    factories.member(factories.account())
    factories.client_secret(application, expires_at=NOW + 20 * DAY)
    assert endings.tell_due(now=NOW) == 1
    assert {account for account, _ in _told()} == {owner.account_id, developer.account_id}
    assert set(OutboundMessage.objects.values_list("about_name", flat=True)) == {"Bin Days"}
    assert endings.tell_due(now=NOW) == 0
    event = AuditEvent.objects.get(event="application:client_secret:reminded")
    assert (event.actor_kind, event.detail) == ("system", {"days": 30})


@pytest.mark.django_db
def test_a_secret_is_told_of_three_times_in_its_life() -> None:
    application = factories.application()
    factories.member(factories.account(), of=application.organisation)
    factories.client_secret(application, expires_at=NOW + 40 * DAY)
    for day in range(45):
        endings.tell_due(now=NOW + day * DAY)
    assert [template for _, template in _told()] == [
        "partners/secret_ends_in_30_days",
        "partners/secret_ends_in_7_days",
        "partners/secret_ends_in_1_day",
    ]


@pytest.mark.django_db
def test_what_ends_no_more_or_works_no_more_is_not_told_of() -> None:
    soon = NOW + 3 * DAY
    suspended = factories.application(status=Application.Status.SUSPENDED)
    of_suspended = factories.application()
    Organisation.objects.filter(pk=of_suspended.organisation_id).update(status="suspended")
    ended = factories.application()
    for row in (suspended, of_suspended, ended):
        factories.member(factories.account(), of=row.organisation)
        factories.client_secret(row, expires_at=soon, revoked_at=NOW if row is ended else None)
        factories.client_secret(row, expires_at=None)
    assert endings.tell_due(now=NOW) == 0
    assert _told() == []
