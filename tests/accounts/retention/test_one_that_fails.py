"""What fails for one row or table keeps the nightly run from no other."""

import io
import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.closing import due, operations
from accounts.closing.operations import Reason
from accounts.models import Account, HelpCode, LimitCounter
from accounts.retention import operations as retention
from accounts.retention.one_by_one import SomeFailedError, each
from accounts.signals import account_closed, account_purged
from tests import factories

pytestmark = pytest.mark.django_db
LATER = settings.CLOSING_WAIT + settings.CLOSED_FOR


@pytest.fixture
def unlucky() -> Account:
    return factories.account("unlucky@example.org")


def fails_for(unlucky: Account) -> Any:  # noqa: ANN401 - a receiver
    def receiver(*, account: Account, **_: object) -> None:
        if account == unlucky:
            raise ValueError(account.sign_in_name)

    return receiver


def test_one_account_that_cannot_close_stays_open_and_the_next_closes(unlucky: Account) -> None:
    ann = factories.account()
    for account in (unlucky, ann):
        operations.ask_by_operator(account=account, reason=Reason.RESIDENT, case="", by=OPERATOR)
    receiver = fails_for(unlucky)
    account_closed.connect(receiver)
    try:
        with pytest.raises(SomeFailedError):
            due.close_due(now=timezone.now() + LATER)
    finally:
        account_closed.disconnect(receiver)
    states = {row.pk: row.status for row in Account.objects.all()}
    assert states == {unlucky.pk: "active", ann.pk: "closed"}


def test_one_account_that_cannot_be_emptied_keeps_all_and_the_next_is_emptied(
    unlucky: Account,
) -> None:
    ann = factories.account()
    for account in (unlucky, ann):
        operations.close_by_operator(account=account, reason=Reason.RESIDENT, case="", by=OPERATOR)
    receiver = fails_for(unlucky)
    account_purged.connect(receiver)
    try:
        with pytest.raises(SomeFailedError):
            due.empty_due(now=timezone.now() + LATER)
    finally:
        account_purged.disconnect(receiver)
    unlucky.refresh_from_db()
    ann.refresh_from_db()
    assert unlucky.full_name
    assert not ann.full_name
    assert due.empty_due(now=timezone.now() + LATER) == 1


def test_one_step_that_fails_is_told_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = timezone.now()
    LimitCounter.objects.create(key="k", count=1, expires_at=now - timedelta(days=1))
    HelpCode.objects.create(code="CDFGHJKM", expires_at=now - timedelta(days=1))
    works = retention._delete  # noqa: SLF001 - one table's turn

    def fails(rows: Any) -> int:  # noqa: ANN401
        if rows.model is LimitCounter:
            raise ValueError("ann@example.org")  # noqa: EM101
        return works(rows)

    monkeypatch.setattr(retention, "_delete", fails)
    out = io.StringIO()
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError, match="rows deleted"):
        call_command("purge_expired", "--json", stdout=out)
    assert not HelpCode.objects.exists()
    assert json.loads(out.getvalue())["closed accounts emptied"] == 0
    assert "LimitCounter" in caplog.text
    assert "ann@example.org" not in caplog.text


def test_all_have_their_turn() -> None:
    turns: list[int] = []

    def take(number: int) -> None:
        turns.append(number)
        if not number:
            raise ValueError

    with pytest.raises(SomeFailedError):
        each([1, 0, 2], take)
    assert turns == [1, 0, 2]
    assert each([1, 2], lambda number: 2 // number) == [2, 1]
