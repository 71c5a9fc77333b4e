"""At a counter, papers are compared with the account; with others there, the owner is rung back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.assurance import Method
from accounts.audit.actor import staff
from accounts.history import queries
from accounts.history.wording import words
from accounts.limits.table import COUNTER_CHECKS
from accounts.models import Account, AuditEvent, Phone, Session
from accounts.sessions import operations as sessions
from idp.console.helping.rules import Tier
from idp.console.knowing import operations
from idp.console.knowing.operations import NotThatPersonError
from idp.console.knowing.queries import may_ask_second_person
from idp.console.knowing.rules import Evidence, Person
from idp.models import HelpSession
from tests import factories
from tests.accounts import post
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response
from tests.factories.people import proven
from tests.idp.console.helping.person import help_session, helping

pytestmark = pytest.mark.django_db

BORN = date(1980, 3, 31)
PAPER = {
    "evidence": "photo",
    "full_name": "ANN EXAMPLE",
    "date_of_birth-day": "31",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1980",
}
NUMBER, WRITTEN = "+447700900123", "07700 900123"


def _ann(address: str = "ann@example.org") -> Account:
    return factories.account(address, full_name="Ann Example", date_of_birth=BORN)


def _show(row: HelpSession, desk: Desk, **values: str) -> Response:
    return desk.post(f"/staff/help/{row.pk}/know/counter", **(PAPER | values))


def _tier(row: HelpSession) -> int:
    row.refresh_from_db()
    return row.tier


def _phone(account: Account, **columns: object) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    values = {"number": NUMBER, "confirmed_at": long_ago, "changed_at": long_ago}
    Phone.objects.create(account=account, **(values | columns))


class TestCounter:
    def test_who_shows_papers_is_the_owner_and_is_told(self) -> None:
        row, desk = helping(_ann(), channel="counter")
        assert _show(row, desk)["Location"] == f"/staff/help/{row.pk}"
        assert (_tier(row), row.known_by) == (Tier.OWNER, "counter")
        event = AuditEvent.objects.get(event="account:help_tier:reached")
        assert event.detail == {"role": "support", "tier": 2, "evidence": "photo"}
        assert "at a counter" in post.newest().text

    @pytest.mark.parametrize(
        "wrong", [{"full_name": "Bob Example"}, {"date_of_birth-year": "1981"}]
    )
    def test_somebody_elses_papers_show_nothing_and_are_recorded(
        self, wrong: dict[str, str]
    ) -> None:
        row, desk = helping(_ann(), channel="counter")
        answer = _show(row, desk, **wrong)
        assert "not what the account says" in answer.content.decode()
        assert "Ann" not in answer.content.decode().replace("ANN EXAMPLE", "")
        assert _tier(row) == 0
        event = AuditEvent.objects.get(event="account:call_code:refused")
        assert (event.reason, event.detail) == ("other_person", {"role": "support", "tier": 0})

    def test_without_an_account_it_is_said_in_the_same_words(self) -> None:
        row, desk = helping(None, channel="counter")
        assert "not what the account says" in _show(row, desk).content.decode()
        assert AuditEvent.objects.get(event="account:call_code:refused").reason == (
            "no_account_found"
        )

    @pytest.mark.parametrize(
        "wrong",
        [
            {"evidence": ""},
            {"evidence": "smile"},
            {"full_name": ""},
            {"full_name": "\0"},
            {"date_of_birth-day": "32"},
            {"date_of_birth-month": ""},
        ],
    )
    def test_what_is_not_filled_in_is_asked_for(self, wrong: dict[str, str]) -> None:
        row, desk = helping(_ann(), channel="counter")
        answer = _show(row, desk, **wrong)
        assert answer.status_code == 200
        assert "your full name" not in answer.content.decode()
        assert _tier(row) == 0

    def test_there_is_no_such_page_on_the_phone(self) -> None:
        row, desk = helping(_ann())
        assert _show(row, desk).status_code == 404
        with pytest.raises(NotThatPersonError):
            operations.check_shown_in_person(
                help_session=row, person=Person("Ann Example", BORN), by=Evidence.PHOTO
            )
        assert _tier(row) == 0

    def test_one_account_is_checked_few_times_a_day_whoever_of_the_staff_does_it(self) -> None:
        factories.staff_member("auditor", address="auditor@council.example")
        account = _ann()
        calls = [helping(account, channel="counter") for _agent in range(2)]
        for number in range(COUNTER_CHECKS.amount):
            assert _show(*calls[number % 2], full_name="Bob Example").status_code == 200
        for row, desk in calls:
            assert _show(row, desk).status_code == 429
            assert _tier(row) == 0
        # Somebody else's papers are still looked at.
        other, desk = helping(_ann("ann2@example.org"), channel="counter")
        assert _show(other, desk).status_code == 303

    def test_whoever_tries_once_more_is_told_of(self) -> None:
        factories.staff_member("auditor", address="auditor@council.example")
        row, desk = helping(_ann(), channel="counter")
        for _try in range(COUNTER_CHECKS.amount + 1):
            _show(row, desk, full_name="Bob Example")
        event = AuditEvent.objects.get(event="account:help_limit:reached")
        assert (event.reason, event.actor_id) == ("many_papers", str(row.staff_id))
        [told] = post.letters()
        assert told.to == "auditor@council.example"
        assert row.staff.full_name in told.text
        assert "ann@example.org" not in told.text

    def test_tries_for_nobody_are_as_few(self) -> None:
        row, desk = helping(None, channel="counter", address_key="nobody@example.org")
        answers = [_show(row, desk).status_code for _try in range(COUNTER_CHECKS.amount + 1)]
        assert answers == [200] * COUNTER_CHECKS.amount + [429]

    def test_it_takes_a_fresh_sign_in_after_which_the_help_session_goes_on(self) -> None:
        row, desk = helping(_ann(), channel="counter")
        assert desk.signed_in is not None
        old = timezone.now() - timedelta(minutes=16)
        Session.objects.filter(pk=desk.signed_in.pk).update(signed_in_at=old)
        answer = _show(row, desk)
        assert "again=yes" in answer["Location"]
        assert _tier(row) == 0
        started = sessions.start(
            account=row.staff,
            proven=proven(Method.PASSKEY),
            replaces=desk.signed_in,
            by=staff(row.staff),
        )
        row.refresh_from_db()
        assert row.signed_in == started.session


class TestOthers:
    def test_who_is_there_can_change_and_is_recorded(self) -> None:
        row, desk = helping(_ann())
        assert may_ask_second_person(row)
        for chosen in (["advocate", "interpreter"], ["advocate", "interpreter"], []):
            desk.post(f"/staff/help/{row.pk}/others", others=chosen)
            row.refresh_from_db()
            assert row.others == chosen
            # They may sit beside the caller still, or have said what to ask for.
            assert not may_ask_second_person(row)
            assert row.had_others == ["advocate", "interpreter"]
        events = AuditEvent.objects.filter(event="account:help:others_changed").order_by("pk")
        assert [event.detail["others"] for event in events] == [2, 0]

    def test_nobody_else_can_be_made_up(self) -> None:
        row, desk = helping(_ann())
        assert desk.post(f"/staff/help/{row.pk}/others", others="cat").status_code == 200
        row.refresh_from_db()
        assert row.others == []

    def test_the_number_shows_as_the_caller_is_known(self) -> None:
        account = _ann()
        _phone(account)
        row, desk = helping(account, Tier.MAILBOX)
        page = desk.get(f"/staff/help/{row.pk}/call-back").content.decode()
        assert WRITTEN not in page
        assert "•••123" in page
        HelpSession.objects.update(tier=Tier.OWNER)
        for _look in range(2):
            assert WRITTEN in desk.get(f"/staff/help/{row.pk}/call-back").content.decode()
        events = AuditEvent.objects.filter(event="account:help_number:seen").order_by("pk")
        assert [event.detail["whole"] for event in events] == [False, True]
        assert {event.account_id for event in events} == {account.pk}
        told = [words(event) for event in queries.told(account)]
        assert told == ["Phone number read by our staff, to ring you back, by Support"] * 2

    def test_where_there_is_no_number_nobody_saw_one(self) -> None:
        row, desk = helping(_ann(), Tier.OWNER)
        desk.get(f"/staff/help/{row.pk}/call-back")
        assert not AuditEvent.objects.filter(event="account:help_number:seen").exists()

    def test_ringing_back_is_noted_and_then_a_second_person_may_be_asked(self) -> None:
        account = _ann()
        _phone(account)
        row, desk = helping(account, Tier.OWNER, others=["advocate"])
        assert not may_ask_second_person(row)
        assert desk.post(f"/staff/help/{row.pk}/call-back").status_code == 303
        row.refresh_from_db()
        assert may_ask_second_person(row)
        assert AuditEvent.objects.filter(event="account:help:called_back").count() == 1

    def test_whoever_comes_after_the_ringing_back_makes_it_void(self) -> None:
        account = _ann()
        _phone(account)
        row, desk = helping(account, Tier.OWNER, others=["relay"])
        desk.post(f"/staff/help/{row.pk}/call-back")
        desk.post(f"/staff/help/{row.pk}/others", others=[])
        row.refresh_from_db()
        assert may_ask_second_person(row)
        desk.post(f"/staff/help/{row.pk}/others", others=["advocate"])
        row.refresh_from_db()
        assert row.called_back_at is None
        assert not may_ask_second_person(row)

    def test_to_begin_anew_and_alone_undoes_nothing_for_an_hour(self) -> None:
        account = _ann()
        begun = timezone.now()
        _row, desk = helping(account, Tier.OWNER, others=["advocate"], ended_at=begun)
        again = help_session(desk, account, Tier.OWNER)
        colleagues, _desk = helping(account, Tier.OWNER)
        assert not may_ask_second_person(again)
        assert not may_ask_second_person(colleagues)
        assert may_ask_second_person(helping(_ann("bob@example.org"), Tier.OWNER)[0])
        HelpSession.objects.filter(ended_at=begun).update(started_at=begun - timedelta(hours=1))
        assert may_ask_second_person(again)

    def test_below_the_owners_tier_nobody_is_rung_back(self) -> None:
        account = _ann()
        _phone(account)
        row, desk = helping(account, Tier.MAILBOX, others=["advocate"])
        assert desk.post(f"/staff/help/{row.pk}/call-back").status_code == 200
        row.refresh_from_db()
        assert row.called_back_at is None

    @pytest.mark.parametrize(
        "columns",
        [
            None,
            {"confirmed_at": None},
            {"unsafe_since": timezone.now()},
            {"changed_at": timezone.now()},
        ],
    )
    def test_a_number_that_may_be_a_strangers_is_not_rung(
        self, columns: dict[str, object] | None
    ) -> None:
        account = _ann()
        if columns is not None:
            _phone(account, **columns)
        row, desk = helping(account, Tier.OWNER, others=["advocate"])
        answer = desk.post(f"/staff/help/{row.pk}/call-back")
        assert "no number that you may ring back" in answer.content.decode()
        assert WRITTEN not in answer.content.decode()
        row.refresh_from_db()
        assert row.called_back_at is None
        assert AuditEvent.objects.get(event="account:call_code:refused").reason == (
            "no_confirmed_phone"
        )

    def test_who_was_seen_at_a_counter_needs_no_ringing_back(self) -> None:
        row, _desk = helping(
            _ann(), Tier.OWNER, others=["advocate"], channel="counter", known_by="counter"
        )
        assert may_ask_second_person(row)

    def test_to_say_that_they_are_at_a_counter_is_not_to_have_seen_papers(self) -> None:
        row, _desk = helping(_ann(), Tier.OWNER, others=["advocate"], channel="counter")
        assert not may_ask_second_person(row)
