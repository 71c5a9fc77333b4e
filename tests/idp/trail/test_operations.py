"""Writing the trail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from idp.models import RequestTrail, TrailOverflow
from idp.trail import operations
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


def test_a_batch_is_written_by_two_statements(django_assert_num_queries: object) -> None:
    application = factories.application()
    with django_assert_num_queries(2):  # type: ignore[operator]
        operations.write(entries=[entry(application.client_id) for _ in range(50)])
    assert RequestTrail.objects.filter(application=application, duration=900).count() == 50


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
    for hour in (old, young):
        TrailOverflow.objects.create(application=application, hour=hour, left_out=1)
    call_command("purge_expired")
    assert [row.at for row in RequestTrail.objects.all()] == [young]
    assert [row.hour for row in TrailOverflow.objects.all()] == [young]
