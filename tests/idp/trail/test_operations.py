"""Writing the trail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from idp.models import RequestCount, RequestTrail, TrailOverflow
from idp.trail import counts, operations
from idp.trail.entry import Entry
from idp.trail.rules import KEPT, UNAUTHENTICATED_AN_HOUR
from tests import factories

pytestmark = pytest.mark.django_db


def entry(client_id: str, **changes: object) -> Entry:
    made = Entry(
        client_id=client_id,
        at=timezone.now(),
        endpoint="token",
        duration=900,
        status=200,
        outcome="ok",
        is_authenticated=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_batch_is_written_by_three_statements_in_one_transaction(
    django_assert_num_queries: object,
) -> None:
    application = factories.application()
    with django_assert_num_queries(3 + 2):  # type: ignore[operator]
        operations.write(entries=[entry(application.client_id) for _ in range(50)])
    assert RequestTrail.objects.filter(application=application, duration=900).count() == 50


def test_what_an_application_sent_is_counted_by_hour_and_kind() -> None:
    first, second = factories.application(), factories.application()
    nine = datetime(2026, 1, 10, 9, 59, 59, tzinfo=UTC)
    made = entry(first.client_id, at=nine, grant_type="authorization_code", duration=3_001)
    wrong = replace(made, grant_type="", outcome="invalid_grant", reason="wrong_code_verifier")
    operations.write(entries=[made, wrong, made, replace(made, at=nine + timedelta(seconds=1))])
    operations.write(entries=[made, entry(second.client_id, at=nine)])
    rows = RequestCount.objects.filter(application=first).order_by("hour", "-number")
    hour = datetime(2026, 1, 10, 9, tzinfo=UTC)
    columns = ("hour", "endpoint", "is_refused", "reason", "is_sign_in", "latency", "number")
    assert list(rows.values_list(*columns)) == [
        (hour, "token", False, "", True, 5, 3),
        (hour, "token", True, "wrong_code_verifier", False, 5, 1),
        (hour + timedelta(hours=1), "token", False, "", True, 5, 1),
    ]


def test_what_anybody_could_have_sent_is_counted_nowhere() -> None:
    application = factories.application()
    operations.write(entries=[entry(application.client_id, is_authenticated=False)])
    assert not RequestCount.objects.exists()


def test_what_was_before_the_counts_is_counted_as_the_writer_counts() -> None:
    application = factories.application()
    refused = {"outcome": "invalid_client", "reason": "wrong_secret"}
    device = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"}
    made = [
        entry(application.client_id, duration=duration, **columns)
        for duration in (0, 1000, 1001, 2_000_000, 2_000_001, 60_000_000)
        for columns in ({}, refused, device, {"reason": "noted"}, {"is_authenticated": False})
    ]
    operations.write(entries=made)
    columns = [field.attname for field in RequestCount._meta.fields[1:]]  # noqa: SLF001
    written = set(RequestCount.objects.values_list(*columns))
    RequestCount.objects.all().delete()
    migration = import_module("idp.migrations.0022_request_counts")
    migration.count_what_is_there(apps, None)
    assert set(RequestCount.objects.values_list(*columns)) == written


def test_what_cannot_be_counted_is_not_written() -> None:
    application = factories.application()
    with (
        patch.object(counts, "add", side_effect=DatabaseError),
        pytest.raises(DatabaseError),
    ):
        operations.write(entries=[entry(application.client_id)])
    assert not RequestTrail.objects.exists()


def test_a_request_that_names_no_application_of_ours_leaves_nothing() -> None:
    assert operations.write(entries=[entry("nobody", is_authenticated=False)]) == 0


def test_beyond_the_cap_of_an_hour_nothing_unauthenticated_is_written() -> None:
    application = factories.application()
    doubtful = entry(application.client_id, is_authenticated=False)
    assert operations.write(entries=[doubtful] * (UNAUTHENTICATED_AN_HOUR - 1)) > 0
    assert operations.write(entries=[doubtful] * 3) == 1
    assert operations.write(entries=[doubtful, entry(application.client_id)]) == 1
    RequestTrail.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert operations.write(entries=[doubtful]) == 1


def test_how_many_were_left_out_is_counted_for_each_application_and_hour() -> None:
    first, second = factories.application(), factories.application()
    flood = [entry(first.client_id, is_authenticated=False)] * (UNAUTHENTICATED_AN_HOUR + 2)
    nine = datetime(2026, 1, 10, 9, 59, 59, tzinfo=UTC)
    with time_machine.travel(nine, tick=False) as clock:
        made = [replace(one, at=timezone.now()) for one in flood]
        operations.write(entries=[*made, entry(second.client_id, is_authenticated=False)])
        operations.write(entries=made[:3])
        clock.shift(timedelta(seconds=1))
        operations.write(entries=made[:4])
    found = TrailOverflow.objects.order_by("hour").values_list("application", "hour", "left_out")
    assert list(found) == [
        (first.pk, datetime(2026, 1, 10, 9, tzinfo=UTC), 5),
        (first.pk, datetime(2026, 1, 10, 10, tzinfo=UTC), 4),
    ]


def test_records_and_counts_are_kept_thirty_days() -> None:
    application = factories.application()
    old, young = timezone.now() - KEPT, timezone.now() - KEPT + timedelta(minutes=1)
    operations.write(entries=[entry(application.client_id, at=at) for at in (old, young)])
    RequestCount.objects.all().delete()
    kind: dict[str, Any] = {
        "endpoint": "token",
        "is_refused": False,
        "is_sign_in": False,
        "latency": 1,
    }
    for hour in (old, young):
        TrailOverflow.objects.create(application=application, hour=hour, left_out=1)
        RequestCount.objects.create(application=application, hour=hour, number=1, **kind)
    call_command("purge_expired")
    assert [row.at for row in RequestTrail.objects.all()] == [young]
    assert [row.hour for row in TrailOverflow.objects.all()] == [young]
    assert [row.hour for row in RequestCount.objects.all()] == [young]
