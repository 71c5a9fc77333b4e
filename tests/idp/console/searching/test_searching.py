"""Staff find people by whole words of their names, on a ground, a few at a time."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import HELP_SAME_PERSON, NAME_SEARCHES, NAME_SEARCHES_DAILY
from accounts.models import Account, AuditEvent, ColleagueAccount, Protection
from accounts.names.operations import note_words
from idp.console.searching import operations, queries
from idp.console.searching.rules import Refusal, is_enough, refusal_to_search
from idp.models import HelpSession, NameSearch
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import help_session

pytestmark = pytest.mark.django_db

BEGIN = "/staff/search"


def _person(name: str, **columns: Any) -> Account:
    account = factories.account(full_name=name, **columns)
    note_words(account=account)
    return account


def _searching(*roles: str, ground: str = "passport") -> tuple[HelpSession, Desk]:
    _member, desk = at_work(*(roles or ("support",)))
    row = help_session(desk, None, given="name", channel="counter")
    NameSearch.objects.create(help_session=row, ground=ground)
    return row, desk


def _look(desk: Desk, row: HelpSession, name: str, **values: Any) -> Response:
    return desk.post(f"/staff/help/{row.pk}/search", name=name, **values)


def _found(row: HelpSession) -> set[str]:
    return set(NameSearch.objects.get(pk=row.pk).found)


def _recorded(event: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event).order_by("pk"))


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
        ann = _person("Ann Mary Example", date_of_birth=date(1980, 3, 31))
        row, desk = _searching()
        page = _look(desk, row, typed).content.decode()
        assert _found(row) == {str(ann.pk)}
        assert "Ann Mary Example" in page
        assert "1980" in page
        assert "31 " not in page.split("Found")[1].split("Look again")[0]
        address = ann.email_addresses.get().address
        assert address not in page
        assert f"{address[0]}•••@example.org" in page

    @pytest.mark.parametrize("typed", ["ann exam", "an example", "nn xample", "ann examples"])
    def test_parts_of_words_find_nothing(self, typed: str) -> None:
        _person("Ann Example")
        row, desk = _searching()
        _look(desk, row, typed)
        assert _found(row) == set()

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
        _person("Ann Example")
        row, desk = _searching()
        assert _look(desk, row, typed).status_code == 200
        assert _found(row) == set()

    def test_a_date_of_birth_narrows_it(self) -> None:
        older = _person("Ann Example", date_of_birth=date(1950, 1, 2))
        _person("Ann Example", date_of_birth=date(1980, 1, 2))
        _person("Ann Example")
        row, desk = _searching()
        birth = {"born-day": "2", "born-month": "1", "born-year": "1950"}
        _look(desk, row, "Ann Example", **birth)
        assert _found(row) == {str(older.pk)}
        _look(desk, row, "Ann Example", **{**birth, "born-year": "nineteen"})
        assert _found(row) == {str(older.pk)}

    def test_of_more_than_ten_none_is_shown(self) -> None:
        for _number in range(11):
            _person("Ann Example")
        row, desk = _searching()
        page = _look(desk, row, "Ann Example").content.decode()
        assert "Too many people" in page
        assert _found(row) == set()
        assert "Go on with this one" not in page

    def test_who_must_not_be_found_by_chance_is_left_out(self) -> None:
        protected, colleague, at_desk = (_person("Ann Example") for _number in range(3))
        Protection.objects.create(account=protected)
        member = factories.staff_member("support")
        ColleagueAccount.objects.create(account=colleague, staff=member.account)
        factories.staff_member("support", address=at_desk.email_addresses.get().address)
        _person("Ann Example", is_test=True)
        over = _person("Ann Example")
        ended = timezone.now() - timedelta(seconds=1)
        Protection.objects.create(account=over, until=ended)
        row, desk = _searching("support_lead")
        _look(desk, row, "Ann Example")
        assert _found(row) == {str(over.pk)}

    def test_a_name_that_turns_letters_round_turns_its_own_alone(self) -> None:
        _person("<b>Ann</b> Example")
        row, desk = _searching()
        page = _look(desk, row, "Ann Example").content.decode()
        assert "<b>Ann" not in page
        assert '<bdi class="govuk-!-text-break-word">&lt;b&gt;Ann' in page

    def test_the_log_has_numbers_and_never_the_name(self) -> None:
        _person("Ann Example")
        row, desk = _searching()
        _look(desk, row, "Ann Example")
        [event] = _recorded("provider:names:searched")
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
        row, desk = _searching()
        for _try in range(NAME_SEARCHES.amount):
            assert _look(desk, row, "Ann Smith").status_code == 200
        assert _look(desk, row, "Ann Smith").status_code == 429
        assert len(_recorded("provider:names:searched")) == NAME_SEARCHES.amount
        assert len(_recorded("provider:names:oversearched")) == 1

    def test_a_day_has_an_end_for_the_patient_too(self) -> None:
        row, _desk = _searching()
        ground = NameSearch.objects.get(pk=row.pk)
        begun = timezone.now()
        for number in range(NAME_SEARCHES_DAILY.amount):
            hours, _rest = divmod(number, NAME_SEARCHES.amount)
            with time_machine.travel(begun + timedelta(minutes=61 * hours), tick=False):
                operations.search(name_search=ground, words=["ann", "smith"], born=None)
        with time_machine.travel(begun + timedelta(hours=5)), pytest.raises(OverLimitError):
            operations.search(name_search=ground, words=["ann", "smith"], born=None)
        assert len(_recorded("provider:names:oversearched")) == 1

    def test_a_help_session_without_a_ground_searches_nothing(self) -> None:
        _member, desk = at_work("support_lead")
        row = help_session(desk, None)
        assert _look(desk, row, "Ann Example").status_code == 404

    def test_one_that_is_about_somebody_searches_no_more(self) -> None:
        row, desk = _searching()
        HelpSession.objects.filter(pk=row.pk).update(account=factories.account())
        assert _look(desk, row, "Ann Example").status_code == 404


class TestChoosing:
    def _choose(self, desk: Desk, row: HelpSession, account: object) -> Response:
        return desk.post(f"/staff/help/{row.pk}/choose", account=str(account))

    def test_one_of_those_found_becomes_whom_it_is_about(self) -> None:
        ann = _person("Ann Example")
        row, desk = _searching()
        _look(desk, row, "Ann Example")
        assert self._choose(desk, row, ann.pk)["Location"] == f"/staff/help/{row.pk}"
        row.refresh_from_db()
        assert (row.account, row.tier) == (ann, 0)
        assert _found(row) == set()
        [event] = _recorded("account:help:started")
        assert event.account_id == ann.pk

    @pytest.mark.parametrize("account", ["", "x", "\0", "0" * 9000])
    def test_what_is_no_account_is_none(self, account: str) -> None:
        row, desk = _searching()
        assert self._choose(desk, row, account)["Location"] == f"/staff/help/{row.pk}/search"

    def test_an_account_that_was_not_found_cannot_be_chosen(self) -> None:
        _person("Ann Example")
        other = _person("Bea Other")
        row, desk = _searching()
        _look(desk, row, "Ann Example")
        assert self._choose(desk, row, other.pk)["Location"] == f"/staff/help/{row.pk}/search"
        row.refresh_from_db()
        assert row.account is None

    @pytest.mark.parametrize("role", ["support", "support_lead"])
    @pytest.mark.parametrize("became", ["protected", "colleague's"])
    def test_one_that_became_what_names_do_not_find_cannot_be_chosen(
        self, became: str, role: str
    ) -> None:
        ann = _person("Ann Example")
        row, desk = _searching(role)
        _look(desk, row, "Ann Example")
        if became == "protected":
            Protection.objects.create(account=ann)
        else:
            colleague = factories.staff_member("support").account
            ColleagueAccount.objects.create(account=ann, staff=colleague)
        assert self._choose(desk, row, ann.pk)["Location"] == f"/staff/help/{row.pk}/search"
        row.refresh_from_db()
        assert row.account is None
        [event] = _recorded("account:help:refused")
        assert (event.account_id, event.reason) == (ann.pk, "not_found_by_name")

    def test_one_person_chosen_again_and_again_is_told(self) -> None:
        ann = _person("Ann Example")
        row, desk = _searching()
        for _try in range(HELP_SAME_PERSON.amount):
            hit(HELP_SAME_PERSON, str(row.staff_id), str(ann.pk))
        _look(desk, row, "Ann Example")
        assert self._choose(desk, row, ann.pk)["Location"] == f"/staff/help/{row.pk}"
        [event] = _recorded("account:help_limit:reached")
        assert event.reason == "same_person"


def test_a_search_reads_an_index_and_not_every_account() -> None:
    _person("Ann Example")
    with CaptureQueriesContext(connection) as captured:
        queries.matching(["ann", "example"], born=None)
    [asked] = captured.captured_queries
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked['sql']}")
            plan = " ".join(str(step) for step in cursor.fetchall())
        assert "accounts_nameword USING COVERING INDEX" in plan
        assert "SCAN" not in plan
