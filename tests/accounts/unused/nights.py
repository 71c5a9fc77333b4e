"""Nights of the job that looks after unused accounts; the clock is moved between them."""

from datetime import UTC, datetime, timedelta
from typing import Final

import time_machine
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account, Letter, TextMessage
from accounts.sessions import operations as sessions
from accounts.unused import due, rules
from accounts.unused.jobs import send_letter, send_text
from tests.accounts import post
from tests.commands import run
from tests.factories import people

START: Final = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
YEARS: Final = timedelta(days=5 * 365.25)
NUMBER: Final = "+447700900123"
NOTHING: Final = {
    "owners of unused accounts reminded": 0,
    "closings of unused accounts announced": 0,
    "unused accounts closed": 0,
}


def look() -> dict[str, int]:
    """Do what the nightly job does, and say what of it was anything."""
    return {name: count for name, count in due.look(now=timezone.now()).items() if count}


def deliver() -> None:
    """Do what the worker does with all that is queued."""
    post.send()
    for message in TextMessage.objects.filter(state="queued"):
        send_text.call(str(message.pk))
    for letter in Letter.objects.filter(state="queued"):
        send_letter.call(str(letter.pk))


def come_to_the_announcement(clock: time_machine.Traveller) -> None:
    """Let the years and both reminders go by."""
    for wait in (YEARS, rules.AGAIN_AFTER):
        clock.shift(wait)
        assert look() == {"owners of unused accounts reminded": 1}
        deliver()
    clock.shift(rules.CLOSED_AFTER)


def announce(clock: time_machine.Traveller) -> None:
    come_to_the_announcement(clock)
    assert look() == {"closings of unused accounts announced": 1}


def announce_and_wait(clock: time_machine.Traveller) -> None:
    announce(clock)
    deliver()
    clock.shift(rules.NOTICE)


def is_closed(account: Account) -> bool:
    account.refresh_from_db()
    return account.status == Account.Status.CLOSED


def why_it_waits() -> str:
    """Return why the account waits for an operator, from the list of those that do."""
    [row] = run("account", "unused")
    assert row["next"] == "may_close"
    return str(row["kept_from_the_clock"])


def signs_in(account: Account) -> None:
    by = resident(account)
    sessions.start(account=account, proven=people.proven(), replaces=None, by=by)
