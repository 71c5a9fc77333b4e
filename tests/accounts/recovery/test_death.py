"""A note that the owner has died stops a recovery's mails, and so it stops the recovery."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.audit.actor import OPERATOR
from accounts.audit.operations import About
from accounts.models import Account, DeathNote, OutboundMessage
from accounts.recovery.waiting import operations as waiting
from accounts.suspension.deaths import operations as deaths
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, pass_time, recovery
from tests.factories import PASSWORD, people

pytestmark = pytest.mark.django_db
HALF = timedelta(hours=36)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 2, 12, 0, tzinfo=UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def held(clock: time_machine.Traveller) -> Account:
    """Return an account of which a recovery waits, and whose owner is then said to have died."""
    del clock
    account = people.account("ada@example.org", password=PASSWORD)
    Climber().know_password("ada@example.org")
    deaths.note(
        account=account,
        evidence=DeathNote.Evidence.CALL,
        by=OPERATOR,
        about=About(account_id=account.pk),
    )
    return account


def undo(account: Account) -> None:
    deaths.undo(account=account, reason="mistake", by=OPERATOR, about=About(account_id=account.pk))


def opened() -> bool:
    return OutboundMessage.objects.filter(template="recovery_open", state="sent").exists()


def test_what_nobody_could_be_told_does_not_count_as_told(
    held: Account, clock: time_machine.Traveller
) -> None:
    pass_time(clock, HALF)
    pass_time(clock, HALF)
    row = recovery(held)
    assert (row.told_middle_at, row.told_end_at) == (None, None)


def test_once_they_turn_out_to_live_the_second_half_begins_with_its_notices(
    held: Account, clock: time_machine.Traveller
) -> None:
    """Else whoever asks for the recovery could say its owner is dead, and nobody would hear."""
    pass_time(clock, HALF)
    pass_time(clock, HALF)
    undo(held)
    post.send()
    pass_time(clock, timedelta(minutes=1))
    link = post.newest()
    assert "/get-back-in/" in link.text
    assert not opened()
    pass_time(clock, HALF - timedelta(minutes=5))
    assert not opened()
    pass_time(clock, timedelta(minutes=10))
    post.send()
    assert opened()


def test_the_owner_can_stop_it_by_the_mail_that_comes_then(
    held: Account, clock: time_machine.Traveller
) -> None:
    pass_time(clock, HALF)
    undo(held)
    post.send()
    pass_time(clock, timedelta(minutes=1))
    path = post.newest().path("/get-back-in/stop/")
    Climber().client.post(path)
    assert recovery(held).state == "paused"


def test_one_that_was_open_is_open_no_more(clock: time_machine.Traveller) -> None:
    account = people.account("ada@example.org", password=PASSWORD)
    climber = Climber()
    climber.know_password("ada@example.org")
    pass_time(clock, HALF)
    pass_time(clock, HALF)
    assert climber.go_on()
    about = About(account_id=account.pk)
    evidence = DeathNote.Evidence.CALL
    deaths.note(account=account, evidence=evidence, by=OPERATOR, about=about)
    undo(account)
    row = recovery(account)
    assert (row.opened_at, row.told_end_at, row.opened_by_hash) == (None, None, "")


def test_one_that_was_stopped_stays_stopped(held: Account) -> None:
    waiting.pause(request=recovery(held), by=OPERATOR)
    undo(held)
    assert recovery(held).state == "paused"
