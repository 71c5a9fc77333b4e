"""Writing the trail."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from idp.models import RequestTrail
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


def test_records_are_kept_thirty_days() -> None:
    application = factories.application()
    old, young = timezone.now() - KEPT, timezone.now() - KEPT + timedelta(minutes=1)
    operations.write(entries=[entry(application.client_id, at=at) for at in (old, young)])
    call_command("purge_expired")
    assert [row.at for row in RequestTrail.objects.all()] == [young]
