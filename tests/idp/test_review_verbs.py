"""`manage.py account reviews`."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.freezing.operations import freeze_by_operator, unfreeze_by_operator
from accounts.models import Account, EmailChange, RecoveryRequest
from tests import factories
from tests.commands import run, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


def disputed(account: Account, *, ago: timedelta) -> EmailChange:
    now = timezone.now()
    return EmailChange.objects.create(
        account=account,
        kind=EmailChange.Kind.REPLACE,
        old_address="old@example.org",
        started_on="Firefox on Linux",
        expires_at=now + timedelta(days=7),
        done_at=now - ago - timedelta(hours=1),
        disputed_at=now - ago,
    )


def test_what_an_old_address_objected_to_and_what_was_stopped_waits_oldest_first(
    ann: Account,
) -> None:
    ben = factories.account("ben@example.org")
    disputed(ann, ago=timedelta(hours=1))
    RecoveryRequest.objects.create(
        account=ben, rung="known_password", state="paused", paused_at=timezone.now()
    )
    disputed(ben, ago=timedelta(days=2))
    rows = run("account", "reviews")
    assert [(row["review"], row["account"]) for row in rows] == [
        ("email_change", str(ben.pk)),
        ("email_change", str(ann.pk)),
        ("recovery", str(ben.pk)),
    ]
    assert "@" not in str(rows)
    assert len(run("account", "reviews", "--limit", "1")) == 1


def test_it_is_over_once_its_owner_was_seen_or_the_account_is_closed(ann: Account) -> None:
    disputed(ann, ago=timedelta(hours=1))
    freeze_by_operator(account=ann, by=OPERATOR)
    assert len(run("account", "reviews")) == 1
    unfreeze_by_operator(account=ann, by=OPERATOR)
    assert run("account", "reviews") == []
    ben = factories.account("ben@example.org", status=Account.Status.CLOSED)
    disputed(ben, ago=timedelta(hours=1))
    assert run("account", "reviews") == []


def test_without_json_it_is_text(ann: Account) -> None:
    disputed(ann, ago=timedelta(hours=1))
    assert "email_change" in text("account", "reviews")[0]
