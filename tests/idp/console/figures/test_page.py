"""The page of figures by week: charts, tables and words."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.assurance import Method
from idp.console.figures import operations, queries, rules
from idp.console.figures.rules import NEED_PHONE, Figure, SignUp, Step
from idp.console.figures.wording import METHODS, STEPS
from idp.models import WeekFigure
from tests.accounts.staffing.desk import at_work

LONDON = ZoneInfo("Europe/London")
A_DAY = timedelta(days=1)


@pytest.mark.django_db
def test_an_empty_log_has_words_and_no_charts() -> None:
    page = at_work("support_lead")[1].get("/staff/figures").content.decode()
    assert "Nothing happened in this time" in page
    assert "<svg" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
def test_each_chart_has_its_table() -> None:
    week = queries.weeks(timezone.now())[-1]
    WeekFigure.objects.create(week=week.start, figure="", number=1)
    for figure, part, number in (("sign_ins", "app", 11), ("sign_ins", "passkey", 31)):
        WeekFigure.objects.create(week=week.start, figure=figure, part=part, number=number)
    page = at_work("auditor")[1].get("/staff/figures").content.decode()
    assert page.count('role="img"') == 7
    assert page.count("<table") == 5
    for shown in (">42<", ">31<", ">11<"):
        assert shown in page
    assert "A phone is needed for a text message" in page


@pytest.mark.django_db
def test_a_week_that_is_over_is_counted_once_and_one_that_is_not_never() -> None:
    now = timezone.now()
    assert operations.keep(now=now) in {24, 25}  # the one before is perhaps not over
    assert operations.keep(now=now) == 0
    week = queries.weeks(now)[-1]
    assert not WeekFigure.objects.filter(week=week.start).exists()


@pytest.mark.django_db
def test_what_is_counted_costs_no_reading_of_old_events() -> None:
    operations.keep(now=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        queries.figures()
    assert len(captured) <= 7


def test_weeks_begin_on_mondays_here_also_when_clocks_change() -> None:
    found = rules.weeks(now=datetime(2026, 10, 28, 12, tzinfo=UTC), zone=LONDON, count=2)
    assert [week.start.isoformat() for week in found] == [
        "2026-10-19T00:00:00+01:00",
        "2026-10-26T00:00:00+00:00",
    ]
    last, first = found[0].end - timedelta(microseconds=1), found[0].end
    assert rules.week_of(last.astimezone(UTC), found) == found[0]
    assert rules.week_of(first.astimezone(UTC), found) == found[1]
    assert rules.week_of(found[0].start.astimezone(UTC) - timedelta(seconds=1), found) is None
    assert rules.week_of(found[1].end.astimezone(UTC), found) is None


@pytest.mark.parametrize(
    "known, became",
    [
        ({"is_finished": True, "is_refused": True}, (Figure.SIGN_UPS_FINISHED, "")),
        ({"is_refused": True, "is_confirmed": True}, (Figure.GAVE_UP, Step.REFUSED_BY_READER)),
        ({"mailed": "free"}, (Figure.GAVE_UP, Step.EMAIL_NOT_CONFIRMED)),
        ({"mailed": "known"}, (Figure.GAVE_UP, Step.ADDRESS_KNOWN)),
        ({"mailed": "known", "is_confirmed": True}, (Figure.GAVE_UP, Step.DETAILS_NOT_GIVEN)),
        ({"mailed": "full"}, (Figure.GAVE_UP, Step.ADDRESS_FULL)),
    ],
)
def test_a_sign_up_is_given_up_at_the_last_step(
    known: dict[str, object], became: tuple[Figure, str]
) -> None:
    begun = datetime(2026, 10, 1, tzinfo=UTC)
    sign_up = SignUp(begun)
    vars(sign_up).update(known)
    assert rules.outcome(sign_up, now=begun + A_DAY, lifetime=A_DAY) == became
    if not {"is_finished", "is_refused"} & known.keys():
        early = begun + A_DAY - timedelta(seconds=1)
        assert rules.outcome(sign_up, now=early, lifetime=A_DAY) == (Figure.SIGN_UPS_OPEN, "")


@pytest.mark.parametrize(
    "hours, middle", [([1], 60), ([1, 2], 90), ([9, 1, 2], 120), ([1, 1, 9, 9], 300)]
)
def test_the_median_is_the_one_in_the_middle(hours: list[int], middle: int) -> None:
    assert rules.median([timedelta(hours=one) for one in hours]) == middle


def test_every_part_has_words() -> None:
    assert set(STEPS) == set(Step)
    assert set(METHODS) == set(Method)
    assert set(Method) > NEED_PHONE
    assert Counter(map(str, METHODS.values())).most_common(1)[0][1] == 1
