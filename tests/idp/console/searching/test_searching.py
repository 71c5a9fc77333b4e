"""Staff find people by whole words of their names, on a ground, a few at a time."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.limits.operations import OverLimitError
from accounts.limits.table import NAME_SEARCHES, NAME_SEARCHES_DAILY
from accounts.models import ColleagueAccount, Protection
from idp.console.searching import operations, queries
from idp.console.searching.rules import Refusal, is_enough, refusal_to_search
from idp.models import HelpSession, NameSearch
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import help_session
from tests.idp.console.searching.searcher import found, look, person, recorded, searching

pytestmark = pytest.mark.django_db

BEGIN = "/staff/search"


@pytest.mark.parametrize(
    "is_evidence, at_counter, is_lead, refusal",
    [
        (True, True, False, None),
        (True, False, False, Refusal.NOT_AT_A_COUNTER),
        (True, False, True, Refusal.NOT_AT_A_COUNTER),
        (False, True, False, Refusal.FOR_LEADS),
        (False, False, False, Refusal.FOR_LEADS),
        (False, False, True, None),
    ],
)
def test_evidence_needs_a_counter_and_any_other_reason_a_lead(
    *, is_evidence: bool, at_counter: bool, is_lead: bool, refusal: Refusal | None
) -> None:
    said = refusal_to_search(is_evidence=is_evidence, at_counter=at_counter, is_lead=is_lead)
    assert said is refusal


@pytest.mark.parametrize(
    "words, enough",
    [
        (["ann", "example"], True),
        (["ann"], False),
        (["a", "example"], False),
        (["a", "b", "c"], False),
        ([f"word{number}" for number in range(9)], False),
        ([], False),
    ],
)
def test_two_whole_words_are_the_least(words: list[str], *, enough: bool) -> None:
    assert is_enough(words) == enough


class TestBeginning:
    def _begin(self, desk: Desk, **values: Any) -> Response:
        given = {"reason": "lost_way", "channel": "counter", "ground": "passport"}
        return desk.post(BEGIN, **(given | values))

    def test_an_agent_at_a_counter_says_which_evidence_they_saw(self) -> None:
        _member, desk = at_work("support")
        answer = self._begin(desk)
        row = HelpSession.objects.get()
        assert answer["Location"] == f"/staff/help/{row.pk}/search"
        assert (row.given, row.account, row.tier) == ("name", None, 0)
        assert row.name_search.ground == "passport"

    def test_an_agent_on_the_phone_searches_no_names(self) -> None:
        _member, desk = at_work("support")
        answer = self._begin(desk, channel="phone")
        assert answer.status_code == 200
        assert "At a counter, in person" in answer.content.decode()
        assert not HelpSession.objects.exists()

    def test_a_reason_is_offered_to_leads_alone(self) -> None:
        _member, agent = at_work("support")
        assert self._begin(agent, ground="somebody_died").status_code == 200
        assert not HelpSession.objects.exists()
        _member, lead = at_work("support_lead")
        assert self._begin(lead, ground="somebody_died", channel="phone").status_code == 303

    @pytest.mark.parametrize("ground", ["", "curious", "passport\0", "x" * 5000])
    def test_without_a_ground_nothing_begins(self, ground: str) -> None:
        _member, desk = at_work("support_lead")
        assert self._begin(desk, ground=ground).status_code == 200
        assert not HelpSession.objects.exists()


class TestLooking:
    @pytest.mark.parametrize(
        "typed", ["ann example", "EXAMPLE ann", "Ann  Éxample", "Ann Mary Example"]
    )
    def test_whole_words_find_in_any_order_and_case(self, typed: str) -> None:
        ann = person("Ann Mary Example", date_of_birth=date(1980, 3, 31))
        row, desk = searching()
        page = look(desk, row, typed).content.decode()
        assert found(row) == {str(ann.pk)}
        assert "Ann Mary Example" in page
        assert "1980" in page
        assert "31 " not in page.split("Found")[1].split("Look again")[0]
        address = ann.email_addresses.get().address
        assert address not in page
        assert f"{address[0]}•••@example.org" in page

    @pytest.mark.parametrize("typed", ["ann exam", "an example", "nn xample", "ann examples"])
    def test_parts_of_words_find_nothing(self, typed: str) -> None:
        person("Ann Example")
        row, desk = searching()
        look(desk, row, typed)
        assert found(row) == set()

    @pytest.mark.parametrize(
        "typed",
        [
            "%",
            "% %",
            "_ _",
            "Ann %",
            "Ann",
            "",
            "Ann\0 Example\0",
            "x" * 100_000,
            "\u202e\u200f \u202e",
            "'; DROP TABLE accounts_nameword; --",
            " ".join(f"word{number}" for number in range(30)),
        ],
    )
    def test_hostile_input_finds_nobody_and_breaks_nothing(self, typed: str) -> None:
        person("Ann Example")
        row, desk = searching()
        assert look(desk, row, typed).status_code == 200
        assert found(row) == set()

    def test_a_date_of_birth_narrows_it(self) -> None:
        older = person("Ann Example", date_of_birth=date(1950, 1, 2))
        person("Ann Example", date_of_birth=date(1980, 1, 2))
        person("Ann Example")
        row, desk = searching()
        birth = {"born-day": "2", "born-month": "1", "born-year": "1950"}
        look(desk, row, "Ann Example", **birth)
        assert found(row) == {str(older.pk)}
        look(desk, row, "Ann Example", **{**birth, "born-year": "nineteen"})
        assert found(row) == {str(older.pk)}

    def test_of_more_than_ten_none_is_shown(self) -> None:
        for _number in range(11):
            person("Ann Example")
        row, desk = searching()
        page = look(desk, row, "Ann Example").content.decode()
        assert "Too many people" in page
        assert found(row) == set()
        assert "Go on with this one" not in page

    def test_who_must_not_be_found_by_chance_is_left_out(self) -> None:
        protected, colleague, at_desk = (person("Ann Example") for _number in range(3))
        Protection.objects.create(account=protected)
        member = factories.staff_member("support")
        ColleagueAccount.objects.create(account=colleague, staff=member.account)
        factories.staff_member("support", address=at_desk.email_addresses.get().address)
        person("Ann Example", is_test=True)
        over = person("Ann Example")
        ended = timezone.now() - timedelta(seconds=1)
        Protection.objects.create(account=over, until=ended)
        row, desk = searching("support_lead")
        look(desk, row, "Ann Example")
        assert found(row) == {str(over.pk)}

    def test_a_name_that_turns_letters_round_turns_its_own_alone(self) -> None:
        person("<b>Ann</b> Example")
        row, desk = searching()
        page = look(desk, row, "Ann Example").content.decode()
        assert "<b>Ann" not in page
        assert '<bdi class="govuk-!-text-break-word">&lt;b&gt;Ann' in page

    def test_the_log_has_numbers_and_never_the_name(self) -> None:
        person("Ann Example")
        row, desk = searching()
        look(desk, row, "Ann Example")
        [event] = recorded("provider:names:searched")
        assert event.reason == "passport"
        assert event.detail == {
            "role": "support",
            "tier": 0,
            "words": 2,
            "with_birth": False,
            "found": 1,
        }
        assert (event.actor_id, event.object_id) == (str(row.staff_id), str(row.pk))

    def test_whoever_goes_through_all_smiths_is_stopped_and_noted(self) -> None:
        row, desk = searching()
        for _try in range(NAME_SEARCHES.amount):
            assert look(desk, row, "Ann Smith").status_code == 200
        assert look(desk, row, "Ann Smith").status_code == 429
        assert len(recorded("provider:names:searched")) == NAME_SEARCHES.amount
        assert len(recorded("provider:names:oversearched")) == 1

    def test_a_day_has_an_end_for_the_patient_too(self) -> None:
        row, _desk = searching()
        ground = NameSearch.objects.get(pk=row.pk)
        begun = timezone.now()
        for number in range(NAME_SEARCHES_DAILY.amount):
            hours, _rest = divmod(number, NAME_SEARCHES.amount)
            with time_machine.travel(begun + timedelta(minutes=61 * hours), tick=False):
                operations.search(name_search=ground, words=["ann", "smith"], born=None)
        with time_machine.travel(begun + timedelta(hours=5)), pytest.raises(OverLimitError):
            operations.search(name_search=ground, words=["ann", "smith"], born=None)
        assert len(recorded("provider:names:oversearched")) == 1

    def test_a_help_session_without_a_ground_searches_nothing(self) -> None:
        _member, desk = at_work("support_lead")
        row = help_session(desk, None)
        assert look(desk, row, "Ann Example").status_code == 404

    def test_one_that_is_about_somebody_searches_no_more(self) -> None:
        row, desk = searching()
        HelpSession.objects.filter(pk=row.pk).update(account=factories.account())
        assert look(desk, row, "Ann Example").status_code == 404


def test_a_search_reads_an_index_and_not_every_account() -> None:
    person("Ann Example")
    with CaptureQueriesContext(connection) as captured:
        queries.matching(["ann", "example"], born=None)
    [asked] = captured.captured_queries
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked['sql']}")
            plan = " ".join(str(step) for step in cursor.fetchall())
        assert "accounts_nameword USING COVERING INDEX" in plan
        assert "SCAN" not in plan
