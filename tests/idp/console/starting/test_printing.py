"""Somebody of the staff prints a sheet with a start code, once, and ends or replaces it."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.limits.table import START_CODES_MADE
from accounts.models import AuditEvent, OutboundMessage, StartCode
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.start_codes.sheets import PAPERS, printed

pytestmark = pytest.mark.django_db

NEW = "/staff/start-codes/new"
LIST = "/staff/start-codes"
_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
BORN = {"date_of_birth-day": "31", "date_of_birth-month": "3", "date_of_birth-year": "1980"}


def _ask(desk: Desk, **more: Any) -> Any:  # noqa: ANN401 - the test client's own response
    typed = {"asked_as": str(uuid4()), "reason": "own_time", "evidence": "none", **more}
    return desk.post(NEW, **typed)


def _codes(answer: Any) -> list[str]:  # noqa: ANN401
    return _CODE.findall(answer.content.decode())


class TestPrinting:
    def test_the_sheet_shows_the_code_once_and_no_name(self) -> None:
        _member, desk = at_work("support")
        answer = _ask(desk, evidence="photo", full_name="Ann Marie Example", **BORN)
        assert len(_codes(answer)) == 1
        assert answer["Cache-Control"] == "no-store"
        assert "Marie" not in answer.content.decode()
        row = StartCode.objects.get()
        assert (row.full_name, row.evidence) == ("Ann Marie Example", "photo")
        for page in (LIST, f"{LIST}/{row.pk}"):
            text = desk.get(page).content.decode()
            assert not _CODE.search(text)
            assert "Marie" not in text

    def test_nothing_of_a_person_is_kept_without_papers(self) -> None:
        _member, desk = at_work("support")
        _ask(desk, full_name="Ann Marie Example", **BORN)
        row = StartCode.objects.get()
        assert (row.full_name, row.date_of_birth, row.evidence) == ("", None, "")

    @pytest.mark.parametrize(
        "more, words",
        [
            ({"reason": ""}, "Choose why they want a sheet"),
            ({"evidence": "passport"}, "Choose what you have seen"),
            ({"evidence": "photo", **BORN}, "Enter the full name on the papers"),
            ({"evidence": "photo", "full_name": "Ann"}, "Enter the date of birth on the papers"),
            ({"asked_as": "x"}, "lost its number"),
            ({"asked_as": "\x00"}, "lost its number"),
            ({"others": "nobody"}, "Choose from the list"),
            ({"case_reference": "Ann Example"}, "A case reference has a number in it"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_printed(
        self, more: dict[str, str], words: str
    ) -> None:
        _member, desk = at_work("support")
        assert words in _ask(desk, **more).content.decode()
        assert not StartCode.objects.exists()

    def test_a_form_sent_twice_prints_one_sheet(self) -> None:
        _member, desk = at_work("support")
        number = str(uuid4())
        assert _ask(desk, asked_as=number).status_code == 200
        assert _ask(desk, asked_as=number).status_code == 303
        assert StartCode.objects.count() == 1

    def test_the_log_has_case_role_and_kind_of_papers_and_nobodys_name(self) -> None:
        member, desk = at_work("support_lead")
        _ask(
            desk,
            evidence="photo",
            full_name="Ann Marie Example",
            case_reference="CASE-7",
            others=["interpreter"],
            **BORN,
        )
        event = AuditEvent.objects.get(event="account:start_code:made")
        assert event.actor_id == str(member.account_id)
        assert (event.reason, event.case_reference) == ("own_time", "CASE-7")
        assert event.detail == {"role": "support_lead", "others": 1, "papers": "photo"}

    def test_it_wants_a_fresh_sign_in(self) -> None:
        _member, desk = at_work("support", signed_in_at=timezone.now() - timedelta(minutes=20))
        assert "/staff/sign-in" in desk.get(NEW)["Location"]

    def test_who_prints_in_bulk_is_stopped_and_leads_and_auditors_hear_of_it(self) -> None:
        factories.staff_member("support_lead")
        member, desk = at_work("support")
        for _sheet in range(START_CODES_MADE.amount):
            printed(by=member.account)
            _ask(desk)
        assert _ask(desk).status_code == 429
        mails = OutboundMessage.objects.filter(template="staff/many_starts")
        assert mails.count() == 1
        _ask(desk)
        assert mails.count() == 1


class TestAfterwards:
    def test_the_list_has_ones_own_of_today_by_case_and_no_others(self) -> None:
        member, desk = at_work("support")
        printed(by=member.account, case="MINE-1")
        printed(case="OTHER-1")
        old = printed(by=member.account, case="OLD-1").row
        StartCode.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=2))
        page = desk.get(LIST).content.decode()
        assert "MINE-1" in page
        assert "OTHER-1" not in page
        assert "OLD-1" not in page

    def test_a_sheet_of_anybody_is_found_by_its_whole_case_alone(self) -> None:
        printed(case="OTHER-12")
        _member, desk = at_work("support")
        assert "OTHER-12" in desk.post(LIST, case_reference="OTHER-12").content.decode()
        page = desk.post(LIST, case_reference="OTHER-1").content.decode()
        assert "OTHER-12" not in page

    def test_anybody_who_helps_cancels_a_sheet_and_nobody_prints_anothers_again(self) -> None:
        row = printed(PAPERS).row
        _member, desk = at_work("support")
        at = f"{LIST}/{row.pk}"
        again = desk.post(at, answer="again", asked_as=str(uuid4()))
        assert not _codes(again)
        assert desk.post(at, answer="cancel", asked_as=str(uuid4())).status_code == 303
        row.refresh_from_db()
        assert row.cancelled_at is not None
        assert (row.full_name, row.date_of_birth) == ("", None)
        events = AuditEvent.objects.filter(event="account:start_code:cancelled")
        assert [event.reason for event in events.order_by("pk")] == ["cancelled"]

    def test_a_sheet_printed_again_ends_the_first_and_says_what_it_said(self) -> None:
        member, desk = at_work("support")
        row = printed(PAPERS, by=member.account).row
        number = str(uuid4())
        at = f"{LIST}/{row.pk}"
        assert len(_codes(desk.post(at, answer="again", asked_as=number))) == 1
        row.refresh_from_db()
        assert row.cancelled_at is not None
        again = StartCode.objects.get(asked_as=number)
        assert (again.full_name, again.date_of_birth) == (PAPERS.full_name, PAPERS.date_of_birth)
        assert not _codes(desk.post(at, answer="again", asked_as=number))
        assert StartCode.objects.count() == 2

    def test_a_used_or_old_sheet_can_only_be_looked_at(self) -> None:
        member, desk = at_work("support")
        row = printed(by=member.account).row
        StartCode.objects.update(expires_at=timezone.now())
        at = f"{LIST}/{row.pk}"
        page = desk.get(at).content.decode()
        assert "There is nothing to do about it" in page
        assert f'href="{LIST}/new"' in page
        assert not _codes(desk.post(at, answer="again", asked_as=str(uuid4())))
        assert not StartCode.objects.exclude(cancelled_at=None).exists()

    def test_no_sheet_has_an_unknown_number(self) -> None:
        _member, desk = at_work("support")
        assert desk.get(f"{LIST}/{uuid4()}").status_code == 404
