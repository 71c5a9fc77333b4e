"""Somebody types the code of a sheet and makes an account alone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.history.wording import words
from accounts.limits.table import START_CODE, START_CODE_NETWORK
from accounts.models import Account, AuditEvent, PendingSignIn, StartCode
from accounts.start_codes import operations
from accounts.start_codes.rules import TRIES
from tests import factories
from tests.accounts.signup.browser import Browser
from tests.accounts.staffing.desk import at_work
from tests.accounts.start_codes.sheets import (
    ADDRESS,
    PAPERS,
    TYPED_BIRTHDAY,
    begun,
    printed,
    type_code,
)
from tests.factories.authenticators import SoftwareKey

pytestmark = pytest.mark.django_db

NOT_GOOD = "This start code does not work"


def _text(answer: Any) -> str:  # noqa: ANN401 - the test client's own response
    return str(answer.content.decode())


class TestWithoutPapers:
    def test_an_account_is_made_in_the_name_that_its_owner_types(self) -> None:
        sheet = printed()
        ann = begun(sheet.code)
        assert ann.finish().status_code == 303
        account = Account.objects.get(staff_since=None)
        assert ann.is_signed_in()
        assert (account.full_name, account.full_name_checked_at) == ("Ann Example", None)
        assert account.date_of_birth is None

    def test_its_history_says_who_of_the_staff_began_it_by_role_and_not_by_name(self) -> None:
        begun(printed().code).finish()
        event = AuditEvent.objects.get(event="account:start_code:used")
        account = Account.objects.get(staff_since=None)
        assert event.account_id == account.pk
        told = words(event, "Contact centre")
        assert told == "Account begun with a code that we printed, by Support, Contact centre"

    def test_a_sheet_names_no_service_and_the_sign_up_leads_back_to_one(self) -> None:
        browser = Browser()
        flow = browser.flow()
        PendingSignIn.objects.update(return_to="/account/services")
        assert flow in type_code(browser, printed().code, flow=flow)["Location"]


class TestWithPapers:
    def test_name_and_date_of_birth_are_those_of_the_papers_and_checked_then(self) -> None:
        sheet = printed(PAPERS)
        ann = begun(sheet.code)
        assert ann.finish(**TYPED_BIRTHDAY, full_name="Eve Else").status_code == 303
        account = Account.objects.get(staff_since=None)
        assert account.full_name == PAPERS.full_name
        assert account.date_of_birth == PAPERS.date_of_birth
        made_at = sheet.row.made_at
        assert account.full_name_checked_at == account.date_of_birth_checked_at == made_at

    def test_name_and_date_of_birth_leave_the_sheet_with_its_use(self) -> None:
        ann = begun(printed(PAPERS).code)
        ann.finish(**TYPED_BIRTHDAY)
        row = StartCode.objects.get()
        assert (row.full_name, row.date_of_birth) == ("", None)

    def test_no_page_shows_the_name_or_the_date_to_whoever_found_the_sheet(self) -> None:
        ann = begun(printed(PAPERS).code)
        page = _text(ann.client.get(ann.page("details")))
        wrong = _text(ann.finish(**{**TYPED_BIRTHDAY, "date_of_birth-day": "30"}))
        for text in (page, wrong):
            assert "Marie" not in text
            assert 'value="31"' not in text
        assert "This is not the date" in wrong

    def test_too_many_wrong_dates_end_the_code_and_the_sign_up_goes_on_without_it(self) -> None:
        ann = begun(printed(PAPERS).code)
        wrong = {**TYPED_BIRTHDAY, "date_of_birth-day": "30"}
        for _try in range(TRIES):
            ann.finish(**wrong)
        ann.finish(**TYPED_BIRTHDAY)
        account = Account.objects.get(staff_since=None)
        assert (account.full_name, account.full_name_checked_at) == ("Ann Example", None)

    def test_a_code_typed_elsewhere_meanwhile_marks_nothing_as_checked(self) -> None:
        sheet = printed(PAPERS)
        ann = begun(sheet.code)
        assert type_code(Browser(), sheet.code).status_code == 302
        answer = ann.finish(**TYPED_BIRTHDAY)
        assert answer.status_code == 303
        assert Account.objects.get(staff_since=None).full_name_checked_at is None

    def test_a_name_typed_before_the_code_came_to_the_sign_up_checks_nothing(self) -> None:
        sheet = printed(PAPERS)
        ann = begun(sheet.code)
        assert ann.finish(full_name="Eve Else").status_code == 200
        assert not Account.objects.filter(staff_since=None).exists()

    def test_a_passkey_does_as_well_as_a_password(self) -> None:
        ann = begun(printed(PAPERS).code)
        key = SoftwareKey()
        ask = ann.page("passkey/options")
        wrong = {**TYPED_BIRTHDAY, "date_of_birth-day": "30"}
        assert ann.client.post(ask, wrong).status_code == 422
        wish = ann.client.post(ask, TYPED_BIRTHDAY).json()
        typed = {**TYPED_BIRTHDAY, "passkey": key.make(wish)}
        assert ann.client.post(ann.page("passkey"), typed).status_code == 303
        assert Account.objects.get(staff_since=None).full_name_checked_at is not None


class TestRefusals:
    def test_wrong_spent_expired_and_cancelled_codes_get_the_same_answer(self) -> None:
        spent, ended, old = printed(), printed(), printed()
        begun(spent.code).finish()
        operations.cancel(row=ended.row, by=ended.row.made_by)
        StartCode.objects.filter(pk=old.row.pk).update(expires_at=timezone.now())
        codes = (spent.code, ended.code, old.code, "CDFG-HJKM-NPQR", "nothing")
        pages = {_text(type_code(Browser(), code)).count(NOT_GOOD) for code in codes}
        assert pages == {2}

    @pytest.mark.parametrize("code", ["", "\x00", "x" * 5000, "<script>", "'" * 12])
    def test_hostile_codes_are_refused_kindly(self, code: str) -> None:
        assert type_code(Browser(), code).status_code == 200

    def test_a_code_makes_one_account(self) -> None:
        sheet = printed()
        first = begun(sheet.code)
        first.finish()
        assert NOT_GOOD in _text(type_code(Browser(), sheet.code))

    def test_a_code_works_until_the_end_of_its_last_day(self) -> None:
        with time_machine.travel("2027-03-20T23:30:00Z", tick=False) as clock:
            sheet = printed()
            clock.move_to("2027-04-03T22:59:59Z")
            assert type_code(Browser(), sheet.code).status_code == 302
            clock.move_to("2027-04-03T23:00:01Z")
            assert type_code(Browser(), sheet.code).status_code == 200

    def test_a_code_is_refused_where_one_of_the_staff_is_signed_in_and_that_is_recorded(
        self,
    ) -> None:
        sheet = printed()
        member, desk = at_work("support")
        answer = desk.post("/start", code=sheet.code)
        assert answer.status_code == 403
        event = AuditEvent.objects.get(event="account:start_code:refused")
        assert event.actor_id == str(member.account_id)
        assert StartCode.objects.get().flow is None

    def test_a_code_is_refused_where_somebody_is_signed_in(self) -> None:
        sheet = printed()
        ann = begun(sheet.code)
        ann.finish()
        other = printed()
        assert type_code(ann, other.code).status_code == 403
        assert StartCode.objects.get(pk=other.row.pk).flow is None

    def test_a_browser_tries_a_few_times(self) -> None:
        browser, sheet = Browser(), printed()
        browser.client.get("/start")
        for _try in range(START_CODE.amount):
            type_code(browser, "CDFG-HJKM-NPQR")
        assert type_code(browser, sheet.code).status_code == 429

    def test_a_network_tries_no_more_by_forgetting_its_cookies(self) -> None:
        for _try in range(START_CODE_NETWORK.amount):
            type_code(Browser(), "CDFG-HJKM-NPQR")
        assert type_code(Browser(), printed().code).status_code == 429


class TestKnownAddress:
    def test_a_code_tells_no_more_of_an_address_than_a_sign_up_and_joins_nothing(self) -> None:
        known = factories.account(ADDRESS)
        ann = begun(printed(PAPERS).code)
        ann.finish(**TYPED_BIRTHDAY, sign_in_name="ann.marie")
        made = Account.objects.get(sign_in_name="ann.marie")
        known.refresh_from_db()
        assert known.full_name_checked_at is None
        assert made.pk != known.pk


class TestTime:
    def test_a_sign_up_that_stood_open_too_long_keeps_its_code(self) -> None:
        sheet = printed(PAPERS)
        browser = Browser()
        flow = type_code(browser, sheet.code)["Location"].partition("flow=")[2]
        PendingSignIn.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        again = browser.begin(ADDRESS, flow)["Location"]
        new = again.partition("flow=")[2]
        assert new != flow
        assert StartCode.objects.get().flow_id == new

    def test_the_code_stands_nowhere_in_the_clear(self) -> None:
        sheet = printed()
        rows = [*StartCode.objects.values_list(), *AuditEvent.objects.values_list()]
        assert sheet.code not in repr(rows)
        assert sheet.code.replace("-", "") not in repr(rows)
