"""Accounts that nobody has used for years: reminded, never closed by a mail, kept by a sign-in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import SYSTEM, resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import due as closings
from accounts.models import Account, AccountClosing, Inactivity
from accounts.sessions import operations as sessions
from accounts.unused import due, queries, rules, standing
from accounts.unused.rules import AGAIN_AFTER, CLOSED_AFTER, Due, Hindrance, Reminded
from tests import factories
from tests.accounts import post
from tests.commands import refused, run
from tests.factories import people

pytestmark = pytest.mark.django_db
START = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
YEARS = timedelta(days=5 * 365.25)
CLOSE = ("account", "close", "ann@example.org", "--reason", "inactive", "--case", "C-1")


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.UNUSED_YEARS = 5
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org", password=factories.PASSWORD)


def remind() -> int:
    return due.look(now=timezone.now())["owners of unused accounts reminded"]


def sign_in(account: Account) -> None:
    by = resident(account)
    sessions.start(account=account, proven=people.proven(), replaces=None, by=by)


def test_the_second_reminder_comes_months_after_the_first_and_closing_months_later() -> None:
    def next_of(reminded: Reminded, now: datetime) -> Due:
        return rules.due(reminded, Hindrance.OFF, now=now)

    assert next_of(Reminded(), START) is Due.REMIND
    once = Reminded(START)
    assert next_of(once, START + AGAIN_AFTER - SECOND) is Due.NOTHING
    assert next_of(once, START + AGAIN_AFTER) is Due.REMIND_AGAIN
    twice = Reminded(START, START + AGAIN_AFTER)
    assert next_of(twice, START + AGAIN_AFTER + CLOSED_AFTER - SECOND) is Due.NOTHING
    assert next_of(twice, START + AGAIN_AFTER + CLOSED_AFTER) is Due.MAY_CLOSE


def test_nobody_is_reminded_before_five_years_nor_where_it_is_off(
    ann: Account, clock: time_machine.Traveller, settings: Settings
) -> None:
    clock.shift(YEARS - SECOND)
    assert remind() == 0
    clock.shift(SECOND)
    settings.UNUSED_YEARS = 0
    assert remind() == 0
    assert not Inactivity.objects.filter(account=ann).exists()
    assert refused("account", "unused")[0].startswith("Unused accounts stay")


def test_two_mails_and_then_nothing_happens_by_itself(
    ann: Account, clock: time_machine.Traveller
) -> None:
    clock.shift(YEARS)
    assert [remind(), remind()] == [1, 0]
    assert "To keep it, sign in before" in post.newest().text
    clock.shift(AGAIN_AFTER)
    assert [remind(), remind()] == [1, 0]
    clock.shift(10 * YEARS)
    assert remind() == 0
    assert closings.close_due(now=timezone.now()) == 0
    ann.refresh_from_db()
    assert ann.is_active
    assert len(post.letters()) == 2


@pytest.mark.parametrize("event", [Event.TOKENS_REFRESHED, Event.SESSION_STARTED])
def test_any_use_counts_even_when_its_session_was_purged(
    ann: Account, clock: time_machine.Traveller, event: Event
) -> None:
    clock.shift(YEARS - timedelta(days=1))
    with transaction.atomic():
        record(event, by=SYSTEM, about=About(account_id=ann.pk))
    clock.shift(timedelta(days=2))
    assert remind() == 0


def test_a_sign_in_between_the_reminders_begins_the_years_anew(
    ann: Account, clock: time_machine.Traveller
) -> None:
    clock.shift(YEARS)
    remind()
    sign_in(ann)
    clock.shift(AGAIN_AFTER)
    assert remind() == 0
    assert not Inactivity.objects.exists()
    clock.shift(YEARS)
    assert remind() == 1
    assert Inactivity.objects.get().told_again_at is None


@pytest.mark.parametrize("event", [Event.ACCOUNT_REINSTATED, Event.ACCOUNT_UNFROZEN])
def test_the_years_in_which_nobody_could_use_it_do_not_count(
    ann: Account, clock: time_machine.Traveller, event: Event
) -> None:
    clock.shift(2 * YEARS)
    with transaction.atomic():
        record(event, by=SYSTEM, about=About(account_id=ann.pk))
    assert remind() == 0
    clock.shift(YEARS)
    assert remind() == 1


def test_one_that_was_opened_again_is_wanted(ann: Account, clock: time_machine.Traveller) -> None:
    clock.shift(YEARS)
    remind()
    long_ago = timezone.now() - YEARS
    row = AccountClosing.objects.create(
        account=ann, reason="inactive", closes_at=long_ago, reopened_at=timezone.now()
    )
    assert not queries.unused(timezone.now()).exists()
    row.delete()
    assert queries.unused(timezone.now()).exists()


def test_a_use_after_the_last_reminder_is_noticed_within_a_month(
    ann: Account, clock: time_machine.Traveller
) -> None:
    for wait in (YEARS, AGAIN_AFTER):
        clock.shift(wait)
        remind()
    sign_in(ann)
    clock.shift(timedelta(days=30))
    assert remind() == 0
    assert not Inactivity.objects.exists()


def test_shorter_years_count_within_a_year(
    ann: Account, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.UNUSED_YEARS = 20
    sign_in(ann)
    for _ in range(6):
        assert remind() == 0
        clock.shift(timedelta(days=366))
    settings.UNUSED_YEARS = 5
    assert remind() == 1


def test_a_night_looks_at_so_many_and_those_it_left_come_first_in_the_next(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        factories.account(f"resident{number}@example.org")
    clock.shift(YEARS)
    monkeypatch.setattr(due, "_MOST_A_NIGHT", 2)
    assert [remind(), remind(), remind()] == [2, 1, 0]


def test_one_that_is_used_is_not_looked_at_night_after_night(
    ann: Account, clock: time_machine.Traveller
) -> None:
    remind()
    clock.shift(timedelta(days=364))
    assert not queries.to_check(timezone.now()).exists()
    clock.shift(timedelta(days=1))
    assert queries.to_check(timezone.now()).get() == ann


def test_one_that_closes_is_not_looked_at_again_the_same_night(
    ann: Account, clock: time_machine.Traveller
) -> None:
    clock.shift(YEARS)
    AccountClosing.objects.create(account=ann, reason="resident", closes_at=timezone.now() + YEARS)
    assert remind() == 0
    assert not queries.to_check(timezone.now()).exists()


def test_who_is_due_is_found_by_index() -> None:
    if connection.vendor == "postgresql":
        # With few rows it would rather read them all.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    assert "account_use_checked_from" in queries.to_check(timezone.now())[:100].explain()


def test_stopped_and_test_accounts_are_left_alone(clock: time_machine.Traveller) -> None:
    for status in ("suspended", "frozen", "closed"):
        factories.account(status=status)
    factories.account(is_test=True)
    clock.shift(YEARS)
    assert remind() == 0


def test_an_operator_closes_only_after_both_reminders(
    ann: Account, clock: time_machine.Traveller
) -> None:
    assert "uses it" in refused(*CLOSE)[0]
    clock.shift(YEARS)
    remind()
    clock.shift(AGAIN_AFTER)
    remind()
    assert "uses it" in refused(*CLOSE)[0]
    clock.shift(CLOSED_AFTER)
    [waiting] = run("account", "unused")
    assert (waiting["next"], waiting["kept_from_the_clock"]) == ("may_close", Hindrance.OFF)
    row = run(*CLOSE)
    assert (row["status"], row["closed_at"]) == ("active", None)
    assert AccountClosing.objects.get(account=ann).reason == "inactive"
    assert run("account", "unused") == []


def test_whoever_comes_back_at_the_last_moment_keeps_the_account(
    ann: Account, clock: time_machine.Traveller
) -> None:
    clock.shift(YEARS)
    remind()
    clock.shift(AGAIN_AFTER)
    remind()
    clock.shift(CLOSED_AFTER)
    sign_in(ann)
    assert "uses it" in refused(*CLOSE)[0]
    assert not standing.may_close(ann)
