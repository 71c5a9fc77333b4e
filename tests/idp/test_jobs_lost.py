"""What services were to be told when a worker was killed is told soon after."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Account
from idp.deliveries import sending
from idp.models import Delivery, SecurityEvent
from idp.ssf.push import sending as pushing
from tests import factories
from tests.protocol.ssf_push.receiving import push_stream, queued

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
URL = "https://receiver.example.org/events"


@pytest.fixture
def account() -> Account:
    return factories.account("amara@example.com")


def _look() -> dict[str, int]:
    out = StringIO()
    call_command("queue_lost_jobs", "--json", stdout=out)
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


def _jobs() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


def _event(account: Account, *, age: timedelta) -> SecurityEvent:
    push_stream(account, URL)
    with time_machine.travel(timezone.now() - age):
        return queued(account)


def _delivery(account: Account, *, age: timedelta) -> Delivery:
    application = factories.application(backchannel_logout_uri=URL)
    subject = factories.known_account(account, application)
    with time_machine.travel(timezone.now() - age):
        return Delivery.objects.create(
            application=application, subject=subject, expires_at=timezone.now() + 12 * HOUR
        )


class TestEvents:
    """Security events that are pushed."""

    def test_one_whose_job_is_gone_gets_another(self, account: Account) -> None:
        _event(account, age=2 * HOUR)
        DBTaskResult.objects.all().delete()
        assert _look()["events queued again"] == 1
        assert _look()["events queued again"] == 0
        assert _jobs() == 1

    def test_so_does_one_whose_job_began_long_ago_and_never_ended(self, account: Account) -> None:
        _event(account, age=2 * HOUR)
        DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - 2 * HOUR)
        counts = _look()
        assert (counts["jobs taken up again"], counts["events queued again"]) == (1, 0)
        assert _jobs() == 1

    @pytest.mark.parametrize("age", [2 * HOUR, HOUR / 2])
    def test_one_that_a_job_will_push_gets_none(self, account: Account, age: timedelta) -> None:
        _event(account, age=age)
        assert _look()["events queued again"] == 0

    def test_one_whose_time_was_up_meanwhile_is_noted_so(self, account: Account) -> None:
        event = _event(account, age=timedelta(days=8))
        assert pushing.send(event.pk) is None
        event.refresh_from_db()
        assert event.state == SecurityEvent.State.EXPIRED


class TestSignOuts:
    """Logout tokens."""

    def test_one_whose_job_is_gone_gets_another(self, account: Account) -> None:
        _delivery(account, age=2 * HOUR)
        assert _look()["sign-outs queued again"] == 1
        assert _look()["sign-outs queued again"] == 0
        assert _jobs() == 1

    def test_one_that_came_a_moment_ago_is_left_to_its_own(self, account: Account) -> None:
        _delivery(account, age=HOUR / 2)
        assert _look()["sign-outs queued again"] == 0

    def test_one_whose_time_was_up_meanwhile_is_given_up_unsent(self, account: Account) -> None:
        delivery = _delivery(account, age=13 * HOUR)
        assert sending.send(delivery.pk) is None
        delivery.refresh_from_db()
        assert (delivery.state, delivery.last_error) == (Delivery.State.EXPIRED, "expired")
