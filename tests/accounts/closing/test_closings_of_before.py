"""Accounts that were closed before closings were written down get one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection

from accounts.audit.actor import OPERATOR, resident
from accounts.closing import due, operations
from accounts.closing.operations import NotReopenedError, Reason
from accounts.closing.rules import Refusal
from accounts.models import Account, AccountClosing
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def write_down() -> None:
    migration = import_module("accounts.migrations.0014_closings_of_before")
    migration.write_down(apps, connection.schema_editor())


@pytest.fixture
def joined() -> Account:
    kept = factories.account()
    return factories.account(
        "ann@example.org", status=Account.Status.CLOSED, joined_into=kept, full_name="Ann"
    )


def test_a_joined_account_is_emptied_in_its_turn(joined: Account) -> None:
    write_down()
    closing = AccountClosing.objects.get()
    assert (closing.account, closing.reason) == (joined, "joined")
    assert closing.reopen_until == NOW + settings.CLOSED_FOR
    assert due.empty_due(now=NOW) == 0
    assert due.empty_due(now=NOW + settings.CLOSED_FOR) == 1
    joined.refresh_from_db()
    assert joined.full_name == ""


def test_nobody_opens_it(joined: Account) -> None:
    write_down()
    with pytest.raises(NotReopenedError) as refused:
        operations.reopen(account=joined, is_operator=True, by=OPERATOR)
    assert refused.value.reason is Refusal.OVER


def test_what_is_open_waits_or_has_a_closing_stays_as_it_is(joined: Account) -> None:
    joined.delete()
    bob, waits = factories.account(), factories.account()
    operations.close_by_operator(account=bob, reason=Reason.RESIDENT, case="", by=OPERATOR)
    operations.ask_by_owner(session=factories.session(waits), by=resident(waits))
    before = set(AccountClosing.objects.values_list("pk", "reason", "closed_at"))
    write_down()
    assert set(AccountClosing.objects.values_list("pk", "reason", "closed_at")) == before
