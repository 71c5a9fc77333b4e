"""An application's figures: of its own requests alone, by hour and day, and as a file."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from clients.models import Application, Member
from clients.test_residents.operations import make_all
from idp.models import RequestCount, RequestTrail
from idp.portal.figures import queries, rules
from tests import factories
from tests.accounts.visitor import Response
from tests.clients.partner import Partner, text
from tests.idp.portal.entries import entry, passed, sign_in
from tests.idp.portal.plans import plan

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


class TestPeriods:
    pytestmark = pytest.mark.once

    def test_hours_are_48_also_on_the_day_that_has_25(self) -> None:
        now = datetime(2026, 10, 25, 12, 30, tzinfo=UTC)
        starts = rules.starts(by_hour=True, now=now, zone=LONDON)
        assert len(set(starts)) == 48
        assert starts[-1].astimezone(UTC) == datetime(2026, 10, 25, 12, tzinfo=UTC)

    def test_a_day_begins_at_midnight_by_the_clock_here(self) -> None:
        now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
        starts = rules.starts(by_hour=False, now=now, zone=LONDON)
        assert len(starts) == 30
        assert starts[-1].isoformat() == "2026-07-02T00:00:00+01:00"
        hour = now.replace(minute=0)
        assert rules.start_of(hour, by_hour=False, zone=LONDON) == starts[-1]

    @pytest.mark.parametrize(
        "counts, percent, expected",
        [
            ({}, 50, None),
            ({5: 1}, 99, 5),
            ({5: 50, 10: 50}, 50, 5),
            ({5: 49, 10: 51}, 50, 10),
            ({5: 95, 5000: 5}, 95, 5),
            ({5: 94, 5000: 6}, 95, 5000),
        ],
    )
    def test_a_percentile_is_the_bucket_that_reaches_it(
        self, counts: dict[int, int], percent: int, expected: int | None
    ) -> None:
        assert rules.percentile(Counter(counts), percent) == expected

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x"])
    def test_no_cell_is_a_formula(self, text: str) -> None:
        assert rules.cell(text) == f"'{text}"
        assert rules.cell(text[1:]) == text[1:] or text.startswith("\r")


@pytest.mark.django_db
class TestCounts:
    @pytest.fixture
    def partner(self) -> Partner:
        return Partner(Member.Role.VIEWER)

    @pytest.fixture
    def application(self, partner: Partner) -> Application:
        return partner.sandbox()

    def _page(self, partner: Partner, application: Application, by: str = "day") -> Response:
        return partner.get(f"{partner.page(application, 'figures')}?by={by}")

    def test_nothing_yet_says_so(self, partner: Partner, application: Application) -> None:
        assert "Figures come with the first sign-in" in text(self._page(partner, application))

    def test_a_test_resident_who_was_made_to_have_stopped_never_agreed(
        self, partner: Partner, application: Application
    ) -> None:
        make_all(organisation=partner.organisation, by=SYSTEM)
        assert "Figures come with the first sign-in" in text(self._page(partner, application))

    @pytest.mark.parametrize("by", ["day", "hour"])
    def test_exchanged_codes_are_sign_ins_and_nothing_else_is(
        self, partner: Partner, application: Application, by: str
    ) -> None:
        sign_in(application)
        sign_in(application, grant_type="urn:ietf:params:oauth:grant-type:device_code")
        passed(application, grant_type="refresh_token")
        passed(application, grant_type="client_credentials")
        passed(application, endpoint="userinfo")
        sign_in(partner.sandbox())
        found = queries.figures(application, by_hour=by == "hour")
        assert found.periods[-1].sign_ins == 2
        assert sum(one.sign_ins for one in found.periods) == 2

    def test_what_anybody_could_have_sent_counts_nowhere(
        self, partner: Partner, application: Application
    ) -> None:
        for _ in range(3):
            entry(application)
            passed(application, endpoint="authorize", is_authenticated=False)
        sign_in(application, is_authenticated=False)
        assert "Figures come with" in text(self._page(partner, application))

    def test_older_than_the_time_shown_counts_not(self, application: Application) -> None:
        sign_in(application, ago=49 * HOUR)
        assert not any(one.sign_ins for one in queries.figures(application, by_hour=True).periods)
        assert sum(one.sign_ins for one in queries.figures(application, by_hour=False).periods) == 1

    def test_errors_are_told_by_reason_in_words(
        self, partner: Partner, application: Application
    ) -> None:
        for _ in range(2):
            entry(application, reason="wrong_code_verifier", is_authenticated=True)
        entry(application, reason="unsupported_grant_type", sent="{x}", is_authenticated=True)
        page = self._page(partner, application)
        assert [row[2] for row in page.context["errors"]] == [2, 1]
        assert "The code_verifier does not fit" in text(page)
        assert "{sent}" not in text(page)

    def test_latencies_are_percentiles_of_its_own_requests(self, application: Application) -> None:
        for milliseconds in (4, 4, 4, 900):
            passed(application, duration=milliseconds * 1000)
        entry(application, duration=4_000_000)
        latency = queries.figures(application, by_hour=True).periods[-1].latency
        assert dict(latency) == {50: 5, 95: 1000, 99: 1000}

    def test_agreements_and_refusals_of_residents_are_counted(
        self, application: Application, partner: Partner
    ) -> None:
        account = factories.account()
        factories.consent(account, application)
        for refused in (application, partner.sandbox()):
            about = About(account_id=account.pk, application_id=refused.client_id)
            record(Event.CONSENT_REFUSED, by=SYSTEM, about=about)
        today = queries.figures(application, by_hour=False).periods[-1]
        assert (today.agreed, today.refused) == (1, 1)

    def test_the_charts_have_words_and_a_table(
        self, partner: Partner, application: Application
    ) -> None:
        sign_in(application)
        page = text(self._page(partner, application, by="hour"))
        assert page.count("<svg") == page.count("<title id=") == page.count("<desc id=") == 7
        assert all(f"latency-{part}-title" in page for part in rules.PERCENTILES)
        assert page.count('scope="row"') == 48
        assert "style=" not in page.partition("<main")[2].partition("</main>")[0]

    def test_hours_are_by_the_twelve_hour_clock(
        self, partner: Partner, application: Application
    ) -> None:
        sign_in(application)
        page = text(self._page(partner, application, by="hour"))
        assert len(re.findall(r" at \d{1,2}:00[ap]m\b", page)) >= 48
        assert re.search(r">\d{1,2}[ap]m</text>", page)
        assert not re.search(r"\b\d\d:00\b(?![ap]m)", page.partition("<main")[2])

    def test_errors_are_drawn_by_reason_and_numbered_as_in_the_table(
        self, partner: Partner, application: Application
    ) -> None:
        for reason in ("wrong_code_verifier", "wrong_code_verifier", "code_unknown"):
            entry(application, reason=reason, is_authenticated=True)
        drawn = text(self._page(partner, application)).partition("errors-title")[2]
        chart, _, table = drawn.partition("</svg>")
        assert chart.count("<rect") == 2
        assert ">1</text>" in chart
        assert ">2</text>" in chart
        numbered = table.partition("</table>")[0]
        assert [f">{place}</td>" in numbered for place in (1, 2, 3)] == [True, True, False]

    @pytest.mark.parametrize("by, ago", [("day", timedelta(days=3)), ("hour", 3 * HOUR)])
    def test_each_reason_has_a_chart_and_a_column_over_time(
        self, partner: Partner, application: Application, by: str, ago: timedelta
    ) -> None:
        for reason in ("wrong_code_verifier", "wrong_code_verifier", "code_unknown"):
            entry(application, reason=reason, is_authenticated=True)
        entry(application, reason="code_unknown", is_authenticated=True, ago=ago)
        entry(application, reason="wrong_redirect_uri")
        page = self._page(partner, application, by)
        rows = page.context["errors_rows"]
        # Twice each: by endpoint and name. The newest period is the first row.
        assert [rows[0].reasons, rows[3].reasons] == [[1, 2], [1, 0]]
        assert len(rows) == {"day": 30, "hour": 48}[by]
        assert [one.errors for one in page.context["rows"][:4]] == [3, 0, 0, 1]
        assert [chart.count("<rect") for chart in page.context["errors_over_time"]] == [2, 1]
        assert "Other reasons" not in text(page)

    def test_reasons_after_the_fifth_are_added_up(
        self, partner: Partner, application: Application
    ) -> None:
        for place in range(7):
            for _ in range(7 - place):
                entry(application, reason=f"reason_{place}", is_authenticated=True)
        page = self._page(partner, application)
        today = page.context["errors_rows"][0]
        assert (today.reasons, today.others) == ([7, 6, 5, 4, 3], 3)
        assert len(page.context["errors_over_time"]) == 6
        assert "Other reasons" in text(page)

    def test_no_more_than_twenty_reasons_are_named_and_all_are_counted(
        self, application: Application
    ) -> None:
        for place in range(23):
            entry(application, reason=f"reason_{place}", is_authenticated=True)
        found = queries.figures(application, by_hour=True)
        assert (len(found.refusals), found.periods[-1].errors) == (20, 23)
        assert rules.others(found.periods[-1], found.refusals) == 18

    def test_the_file_says_the_same(self, partner: Partner, application: Application) -> None:
        sign_in(application)
        entry(application, reason="=cmd()", is_authenticated=True)
        answer = partner.get(f"{partner.page(application, 'figures.csv')}?by=hour")
        assert answer["Content-Type"].startswith("text/csv")
        assert "attachment" in answer["Content-Disposition"]
        rows = list(csv.reader(StringIO(text(answer))))
        assert (rows[48][1], rows[48][-1]) == ("1", "1")
        assert rows[-2] == ["start", "endpoint", "reason", "requests"]
        assert rows[-1] == [rows[48][0], "token", "'=cmd()", "1"]
        assert rows[51][1] == "'=cmd()"

    @pytest.mark.parametrize("name", ["figures", "figures.csv"])
    def test_another_organisations_figures_are_not_there(self, partner: Partner, name: str) -> None:
        assert partner.get(partner.page(factories.application(), name)).status_code == 404


@pytest.mark.django_db
class TestCost:
    def test_the_figures_take_four_statements_however_much_happened(self) -> None:
        application = factories.application()
        for _ in range(5):
            sign_in(application)
            entry(application, is_authenticated=True)
        with CaptureQueriesContext(connection) as caught:
            queries.figures(application, by_hour=False)
        assert len(caught) == 4

    def test_the_counts_are_read_and_not_each_request(self) -> None:
        application = factories.application()
        for _ in range(5):
            sign_in(application, duration=9_000)
        RequestTrail.objects.all().delete()
        assert queries.figures(application, by_hour=True).periods[-1].sign_ins == 5
        assert list(RequestCount.objects.values_list("number", flat=True)) == [5]

    @pytest.mark.parametrize("number", range(4))
    def test_each_reads_by_index(self, number: int) -> None:
        application, since = factories.application(), timezone.now()
        rows = list(_statements(application, since))[number]
        found = plan(rows)
        assert "INDEX" in found
        assert "REQUESTTRAIL" not in found
        assert "SCAN" not in found.replace("INDEX SCAN", "").replace("INDEX ONLY SCAN", "")


def _statements(application: Application, since: datetime) -> Iterator[Any]:
    yield queries.requests(application, since=since)
    yield queries.refusals(application, since=since)
    yield queries.agreed(application, since=since)
    yield queries.refused(application, since=since)
