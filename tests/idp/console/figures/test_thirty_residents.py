"""Thirty residents, seven of whom give up: every figure of every week is what they did."""

import csv
from collections import Counter
from datetime import timedelta
from io import StringIO
from statistics import median

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Method
from accounts.audit.actor import SYSTEM
from accounts.models import PendingSignUp
from accounts.sessions import operations as sessions
from idp.console.figures import queries
from idp.console.figures.rules import Figure, WeekOf
from idp.models import WeekFigure
from tests import factories
from tests.accounts.staffing.desk import at_work
from tests.accounts.texts import phone
from tests.factories import people
from tests.idp.console.figures import residents
from tests.idp.console.figures.residents import Town

pytestmark = pytest.mark.django_db

# Mondays. Clocks go back on the Sunday of the second week.
FIRST, SECOND, THIRD, FOURTH = "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"
NOW, LATER = "2026-11-13T12:00:00+00:00", "2026-12-24T12:00:00+00:00"
_NAMES = {
    (Figure.SIGN_UPS_STARTED, ""): "started",
    (Figure.SIGN_UPS_FINISHED, ""): "finished",
    (Figure.SIGN_UPS_OPEN, ""): "open",
    (Figure.RECOVERIES_STARTED, ""): "recovery started",
    (Figure.RECOVERIES_FINISHED, ""): "back in",
    (Figure.RECOVERIES_ENDED, ""): "recovery ended",
}


@pytest.fixture
def town(settings: Settings) -> Town:
    """Return the town after its month."""
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    phone.received.clear()
    phone.broken.clear()
    with time_machine.travel(f"{FIRST}T09:00:00+01:00", tick=False) as clock:
        town = Town(clock)
        _first_week(town)
        _at_the_edges(town)
        _second_week(town)
        _third_week(town)
        _callers(town)
        clock.move_to(f"{THIRD}T10:00:00+00:00")
        _whom_nobody_counts()
    assert town.people == 30
    assert sum(count for (_week, what), count in town.did.items() if "gave up" in what) == 7
    return town


def _first_week(town: Town) -> None:
    for day in (12, 13, 14):
        residents.sign_up(town, f"2026-10-{day}T10:00:00+01:00", FIRST)
    residents.sign_up(town, "2026-10-15T10:00:00+01:00", FIRST, by_link=True)
    residents.sign_up_with_passkey(town, "2026-10-15T11:00:00+01:00", FIRST)
    residents.sign_up_with_passkey(town, "2026-10-16T11:00:00+01:00", FIRST)
    residents.give_up_before_the_code(town, "2026-10-16T12:00:00+01:00", FIRST)
    residents.give_up_before_the_name(town, "2026-10-17T12:00:00+01:00", FIRST)


def _at_the_edges(town: Town) -> None:
    """Sign up in the last hour of one week and in the first of the next, by the clock here."""
    residents.sign_up(town, "2026-10-18T23:59:00+01:00", FIRST)
    residents.sign_up(town, "2026-10-19T00:01:00+01:00", SECOND)
    residents.sign_up(town, "2026-10-25T23:59:00+00:00", SECOND)
    residents.sign_up(town, "2026-10-26T00:01:00+00:00", THIRD)


def _second_week(town: Town) -> None:
    shared = residents.sign_up(town, "2026-10-20T10:00:00+01:00", SECOND)
    residents.sign_up_in_a_shared_mailbox(town, "2026-10-20T11:00:00+01:00", SECOND, shared)
    residents.sign_up_after_a_typing_error(town, "2026-10-21T11:00:00+01:00", SECOND)
    residents.give_up_as_known(town, "2026-10-21T12:00:00+01:00", SECOND, shared, "address_known")
    full = "full@mail.example"
    for number in range(5):
        people.account(full, sign_in_name=f"full-{number}")
    residents.give_up_as_known(town, "2026-10-21T13:00:00+01:00", SECOND, full, "address_full")
    residents.give_up_before_the_code(town, "2026-10-22T12:00:00+01:00", SECOND, tries=6)
    residents.be_refused(town, "2026-10-22T13:00:00+01:00", SECOND)
    residents.give_up_before_the_name(town, "2026-10-22T14:00:00+01:00", SECOND)
    residents.add_an_app_and_sign_in_again(town, "2026-10-23T10:00:00+01:00", SECOND)


def _third_week(town: Town) -> None:
    for hour, method in enumerate(
        (Method.APP, Method.TEXT_MESSAGE, Method.CODE_SHEET, Method.RECOVERY_CODE, Method.PASSKEY)
    ):
        residents.sign_in(town, f"2026-10-27T1{hour}:00:00+00:00", THIRD, method)
    # Across the night in which clocks go back.
    residents.get_back_in(town, "2026-10-23T12:00:00+01:00", (SECOND, THIRD))
    late = timedelta(hours=100)
    residents.get_back_in(town, "2026-10-24T12:00:00+01:00", (SECOND, THIRD), late)
    residents.give_up_getting_back_in(town, "2026-10-28T12:00:00+00:00", (THIRD, "2026-11-09"))
    residents.find_the_phone_again(town, "2026-10-29T12:00:00+00:00", THIRD)


def _callers(town: Town) -> None:
    suspended = people.account("suspended@mail.example", status="suspended")
    residents.call(town, "2026-10-20T12:00:00+01:00", SECOND, "account_suspended", suspended)
    residents.call(town, "2026-10-21T12:00:00+01:00", SECOND, "nothing_here")
    residents.call(town, "2026-11-03T12:00:00+00:00", FOURTH, "nothing_here")
    residents.call(town, "2026-11-04T12:00:00+00:00", FOURTH, "nothing_here")


def _whom_nobody_counts() -> None:
    made_up = factories.test_resident(factories.organisation())
    member = factories.staff_member("support")
    for account in (made_up, member.account):
        sessions.start(account=account, proven=people.proven(), replaces=None, by=SYSTEM)


def _told(found: list[WeekOf]) -> Counter[tuple[str, str]]:
    """Return the figures in the residents' words."""
    told: Counter[tuple[str, str]] = Counter()
    for one in found:
        day = one.week.start.date().isoformat()
        for (figure, part), number in one.counts.items():
            if figure is Figure.GAVE_UP:
                told[day, f"gave up: {part}"] += number
            elif figure is Figure.STUCK:
                told[day, f"stuck: {part}"] += number
            elif figure is Figure.SIGN_INS:
                told[day, f"in by {part}"] += number
            elif figure is not Figure.RECOVERY_WAIT:
                told[day, _NAMES[figure, part]] += number
    return told


@pytest.mark.slow
def test_every_figure_of_every_week_is_what_they_did(town: Town) -> None:
    with time_machine.travel(NOW):
        live = queries.figures()
        assert len(live) == 26
        assert _told(live) == town.did
        for one in live:
            _look_at(one, town)
        _look_at_file(town)
    # The clock purges those who gave up, and keeps the counts of weeks that are over.
    with time_machine.travel(LATER):
        assert PendingSignUp.objects.exists()
        call_command("purge_expired", verbosity=0)
        assert not PendingSignUp.objects.exists()
        assert WeekFigure.objects.filter(figure=queries.COUNTED).count() == 25
        assert _told(queries.figures()) == town.did


def _look_at(one: WeekOf, town: Town) -> None:
    """Compare what is computed from the counts of a week."""
    day = one.week.start.date().isoformat()
    waits = town.waits.get(day)
    minutes = [wait / timedelta(minutes=1) for wait in waits or ()]
    assert one.median_wait == (timedelta(minutes=median(minutes)) if minutes else None)
    given_up, finished = one.total(Figure.GAVE_UP), one.of(Figure.SIGN_UPS_FINISHED)
    assert one.of(Figure.SIGN_UPS_STARTED) == finished + given_up
    by_phone = town.did[day, "in by app"] + town.did[day, "in by text_message"]
    assert one.total(Figure.SIGN_INS) - one.without_phone == by_phone


def _look_at_file(town: Town) -> None:
    answer = at_work("owner")[1].get("/staff/figures.csv")
    rows = {row["first_day"]: row for row in csv.DictReader(StringIO(answer.content.decode()))}
    assert len(rows) == 26
    second, third = rows[SECOND], rows[THIRD]
    assert second["week"] == "2026-W43"
    assert second["sign_ups_started"] == str(town.did[SECOND, "started"])
    assert (second["gave_up"], second["gave_up_address_full"]) == ("5", "1")
    assert (second["median_wait_hours"], third["median_wait_hours"]) == ("", "86.0")
    assert (third["sign_ins"], third["sign_ins_without_phone"]) == ("7", "4")
    assert (second["stuck"], second["stuck_account_suspended"]) == ("2", "1")
    nothing = [value for name, value in rows["2026-06-15"].items() if "day" not in name]
    assert set(nothing) == {"2026-W25", "0", ""}


def test_weeks_in_which_nothing_happened_are_there_and_empty() -> None:
    found = queries.figures()
    assert len(found) == 26
    assert not any(one.counts for one in found)
    assert found[-1].week.start <= timezone.now() < found[-1].week.end
