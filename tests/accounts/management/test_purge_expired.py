"""Deleting what has served its time."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.help_codes import operations as help_codes
from accounts.models import (
    Account,
    AuditEvent,
    Freeze,
    HelpCode,
    LimitCounter,
    OutboundMessage,
    PendingSignIn,
    PendingSignUp,
    Session,
)
from tests.factories import people

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def _purge() -> dict[str, int]:
    out = StringIO()
    call_command("purge_expired", "--json", stdout=out)
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


def _flow(days: int) -> PendingSignIn:
    return PendingSignIn.objects.create(
        browser_hash="k1:x", return_to="/", expires_at=timezone.now() + days * DAY
    )


def _sign_up(flow: PendingSignIn, days: int) -> PendingSignUp:
    return PendingSignUp.objects.create(
        flow=flow,
        address="a@example.org",
        address_key="a@example.org",
        expires_at=timezone.now() + days * DAY,
    )


def _message(sign_up: PendingSignUp | None, *, age: int) -> OutboundMessage:
    message = OutboundMessage.objects.create(
        template="sign_up",
        address="a@example.org",
        address_key="a@example.org",
        language="en-gb",
        sign_up=sign_up,
    )
    OutboundMessage.objects.filter(pk=message.pk).update(created_at=timezone.now() - age * DAY)
    code = help_codes.for_message(message)
    HelpCode.objects.filter(pk=code.pk).update(expires_at=timezone.now() + (7 - age) * DAY)
    return message


def test_what_is_still_needed_stays() -> None:
    account = people.account()
    people.session(account)
    _message(_sign_up(_flow(-1), 1), age=0)
    _flow(1)
    LimitCounter.objects.create(key="k", count=1, expires_at=timezone.now() + DAY)
    counts = _purge()
    # Not a row that goes: the figures of weeks that are over are kept.
    assert [name for name, count in counts.items() if count] == ["weeks counted"]
    assert PendingSignIn.objects.count() == 2
    assert PendingSignUp.objects.exists()


def test_what_has_expired_goes() -> None:
    _flow(-1)
    _sign_up(_flow(-2), -1)
    LimitCounter.objects.create(key="k", count=1, expires_at=timezone.now() - DAY)
    HelpCode.objects.create(code="CDFGHJKM", expires_at=timezone.now() - DAY)
    counts = _purge()
    assert counts["accounts.PendingSignIn"] == 2
    assert (
        counts["accounts.PendingSignUp"]
        == counts["accounts.LimitCounter"]
        == counts["accounts.HelpCode"]
        == 1
    )
    assert not PendingSignIn.objects.exists()


def test_a_mail_stays_as_long_as_its_help_code_and_keeps_its_sign_up() -> None:
    kept = _message(_sign_up(_flow(-6), -5), age=6)
    gone = _message(_sign_up(_flow(-7), -6), age=7)
    counts = _purge()
    assert (counts["accounts.OutboundMessage"], counts["accounts.PendingSignUp"]) == (1, 1)
    assert list(OutboundMessage.objects.all()) == [kept]
    assert gone.sign_up not in PendingSignUp.objects.all()


def test_a_mail_stays_as_long_as_its_link_may_be_followed() -> None:
    message = _message(None, age=8)
    OutboundMessage.objects.update(secret_expires_at=timezone.now() + DAY)
    _purge()
    assert list(OutboundMessage.objects.all()) == [message]
    OutboundMessage.objects.update(secret_expires_at=timezone.now() - DAY)
    _purge()
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize("ended, kept", [(None, 1), (-29, 1), (-30, 0)])
def test_a_freeze_goes_once_its_mailbox_may_freeze_again(ended: int | None, kept: int) -> None:
    at = timezone.now() + ended * DAY if ended is not None else None
    Freeze.objects.create(account=people.account(), by="mail", level=1, ended_at=at)
    _purge()
    assert Freeze.objects.count() == kept


def test_accounts_and_the_audit_log_are_not_touched() -> None:
    people.account(created_at=timezone.now() - 4000 * DAY)
    before = (Account.objects.count(), AuditEvent.objects.count())
    _purge()
    assert (Account.objects.count(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize("over, kept", [(-1, 1), (364, 1), (365, 0)])
def test_a_session_goes_when_its_account_s_history_tells_no_more_of_it(
    over: int, kept: int
) -> None:
    people.session(people.account(), expires_at=timezone.now() - over * DAY)
    _purge()
    assert Session.objects.count() == kept


@pytest.mark.parametrize(
    "status, age, kept", [("SUCCESSFUL", 7, 0), ("FAILED", 7, 0), ("FAILED", 6, 1)]
)
def test_a_job_goes_a_week_after_it_ended(status: str, age: int, kept: int) -> None:
    now = timezone.now()
    DBTaskResult.objects.create(
        status=status, finished_at=now - age * DAY, args_kwargs={}, task_path="t", run_after=now
    )
    _purge()
    assert DBTaskResult.objects.count() == kept


def test_a_job_that_waits_stays() -> None:
    DBTaskResult.objects.create(args_kwargs={}, task_path="t", run_after=timezone.now() - 9 * DAY)
    _purge()
    assert DBTaskResult.objects.exists()


def test_people_read_the_counts_line_by_line() -> None:
    out = StringIO()
    call_command("purge_expired", stdout=out)
    assert "accounts.LimitCounter:" in out.getvalue()
