"""Browsers that are remembered: for one account, for a time, until they are forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account, AuditEvent, RememberedDevice
from accounts.sessions.remembered import operations, queries
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return people.account("ann@example.org")


def _remember(account: Account) -> str:
    return operations.remember(account=account, started_on="Firefox on Linux", by=resident(account))


def test_a_browser_is_remembered_by_a_secret_that_is_stored_nowhere(ann: Account) -> None:
    value = _remember(ann)
    device = queries.find(ann, [value])
    assert device is not None
    assert value not in str(vars(device))
    assert queries.find(ann, []) is None
    assert queries.find(ann, ["A" * 43]) is None


def test_one_persons_browser_is_not_remembered_for_another(ann: Account) -> None:
    value = _remember(ann)
    assert queries.find(people.account("bob@example.org"), [value]) is None


def test_a_browser_is_remembered_for_thirty_days(ann: Account) -> None:
    value = _remember(ann)
    with time_machine.travel(timezone.now() + timedelta(days=29, hours=23)):
        assert queries.find(ann, [value]) is not None
    with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1)):
        assert queries.find(ann, [value]) is None


def test_forgetting_one_leaves_the_other(ann: Account) -> None:
    first, second = _remember(ann), _remember(ann)
    device = queries.find(ann, [first])
    assert device is not None
    operations.forget(account=ann, device=device.pk, by=resident(ann))
    operations.forget(account=ann, device=device.pk, by=resident(ann))
    assert queries.find(ann, [first]) is None
    assert queries.find(ann, [second]) is not None
    events = AuditEvent.objects.filter(event="account:remembered_device:ended")
    assert events.count() == 1


def test_nobody_forgets_anothers_browser(ann: Account) -> None:
    value, bob = _remember(ann), people.account("bob@example.org")
    device = RememberedDevice.objects.get()
    operations.forget(account=bob, device=device.pk, by=resident(bob))
    assert queries.find(ann, [value]) is not None


def test_all_are_forgotten_at_once(ann: Account) -> None:
    values = [_remember(ann), _remember(ann)]
    operations.forget_all(account=ann, reason="password_changed", by=resident(ann))
    assert queries.find(ann, values) is None
