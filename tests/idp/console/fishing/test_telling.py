"""Support leads and auditors hear of a colleague who looks people up more than the work needs."""

import pytest
from django.utils import timezone

from accounts.limits.operations import hit
from accounts.limits.table import (
    CALLERS_CHECKED,
    HELP_ALERTS,
    HELP_LOOKS,
    HELP_LOOKS_ALONE,
    HELP_MISSES,
    HELP_SAME_PERSON,
    Limit,
)
from accounts.models import AuditEvent, StaffMember
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from idp.console.fishing.operations import note
from idp.console.fishing.rules import Pattern, looks_alone
from idp.models import HelpSession
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import help_session

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"
CODE_OF_NOBODY = "CDFGHJK9"


@pytest.fixture(autouse=True)
def _watching() -> None:
    for role in ("support_lead", "auditor", "approver", "support"):
        factories.staff_member(role, address=f"{role}@council.example")


def _agent(*roles: str) -> tuple[StaffMember, Desk]:
    return at_work(*(roles or ("support",)))


def _ask(desk: Desk, typed: str) -> Response:
    return desk.post("/staff/help", typed=typed, reason="cannot_sign_in", channel="phone")


def _use_up(limit: Limit, *keys: str) -> None:
    for _try in range(limit.amount):
        hit(limit, *keys)


def _reasons() -> list[str]:
    rows = AuditEvent.objects.filter(event="account:help_limit:reached").order_by("pk")
    return list(rows.values_list("reason", flat=True))


@pytest.mark.parametrize(
    "limit, typed, pattern",
    [
        (HELP_LOOKS, ADDRESS, "many_looks"),
        (HELP_MISSES, CODE_OF_NOBODY, "many_misses"),
    ],
)
def test_whoever_is_stopped_is_named_and_whom_they_looked_for_is_not(
    limit: Limit, typed: str, pattern: str
) -> None:
    member, desk = _agent()
    _use_up(limit, str(member.pk))
    assert _ask(desk, typed).status_code == 429
    assert _reasons() == [pattern]
    told = letters()
    assert {one.to for one in told} == {"support_lead@council.example", "auditor@council.example"}
    for one in told:
        assert member.account.full_name in one.text
        assert str(limit.amount) in one.text
        assert typed not in one.text


def test_whoever_types_codes_for_caller_after_caller_is_told_of() -> None:
    member, desk = _agent()
    _use_up(CALLERS_CHECKED, str(member.pk))
    row = help_session(desk, factories.account(ADDRESS))
    typed = desk.post(f"/staff/help/{row.pk}/know/account-code", code=CODE_OF_NOBODY)
    assert typed.status_code == 429
    assert _reasons() == ["many_checks"]
    told = letters()
    assert {one.to for one in told} == {"support_lead@council.example", "auditor@council.example"}
    assert all(member.account.full_name in one.text and ADDRESS not in one.text for one in told)


def test_each_of_the_staff_is_told_of_once_a_day_and_recorded_each_time() -> None:
    member, desk = _agent()
    _use_up(HELP_LOOKS, str(member.pk))
    for _try in range(3):
        _ask(desk, ADDRESS)
    assert _reasons() == ["many_looks"] * 3
    assert len(letters()) == 2
    other, _desk = _agent()
    note(by=other.account, pattern=Pattern.MANY_NAMES)
    assert len(letters()) == 4
    third, _desk = _agent()
    _use_up(HELP_ALERTS, str(third.pk), Pattern.MANY_NAMES)
    note(by=third.account, pattern=Pattern.MANY_NAMES)
    assert len(letters()) == 4
    # One kind does not keep another from being told.
    note(by=third.account, pattern=Pattern.MANY_PAPERS)
    assert len(letters()) == 6


def test_a_lead_does_not_hear_what_was_noticed_of_them() -> None:
    lead, _desk = at_work("support_lead", "auditor")
    note(by=lead.account, pattern=Pattern.MANY_MISSES)
    assert lead.work_email not in {one.to for one in letters()}


def test_looking_at_one_person_again_and_again_is_told_and_stops_nobody() -> None:
    factories.account(ADDRESS)
    _member, desk = _agent()
    for _try in range(HELP_SAME_PERSON.amount):
        assert _ask(desk, ADDRESS).status_code == 303
    assert not _reasons()
    assert _ask(desk, ADDRESS).status_code == 303
    assert _reasons() == ["same_person"]
    assert len(letters()) == 2


def test_many_who_have_no_account_are_no_one_person() -> None:
    _member, desk = _agent()
    for _try in range(HELP_SAME_PERSON.amount + 1):
        assert _ask(desk, "nobody@example.org").status_code == 303
    assert not _reasons()


def test_addresses_of_nobody_are_guesses() -> None:
    _member, desk = _agent()
    for number in range(HELP_MISSES.amount):
        assert _ask(desk, f"nobody{number}@example.org").status_code == 303
    assert _ask(desk, "nobody@example.org").status_code == 429
    assert _reasons() == ["many_misses"]


def test_an_address_with_an_account_or_a_mail_on_its_way_is_no_guess() -> None:
    member, desk = _agent()
    factories.account(ADDRESS)
    queue(template=Template.SIGN_UP, address="new@example.org", language="en")
    _use_up(HELP_MISSES, str(member.pk))
    for typed in (ADDRESS, "new@example.org"):
        assert _ask(desk, typed).status_code == 303


def test_whoever_looks_for_accounts_to_keep_looks_back_is_counted_too() -> None:
    lead, desk = _agent("support_lead")
    when = {"until-day": "1", "until-month": "1", "until-year": "2030"}
    given = {"account": "nobody@example.org", "case_reference": "1", **when}
    _use_up(HELP_MISSES, str(lead.pk))
    assert desk.post("/staff/hold-backs/ask", **given).status_code == 429
    _use_up(HELP_LOOKS, str(lead.pk))
    assert desk.post("/staff/hold-backs/ask", **given).status_code == 429
    assert _reasons() == ["many_misses", "many_looks"]


def _opens(desk: Desk, people: int) -> None:
    for _each in range(people):
        account = factories.account()
        assert _ask(desk, account.email_addresses.get().address).status_code == 303


def test_opening_many_accounts_and_helping_nobody_is_told_and_stops_nobody() -> None:
    member, desk = _agent()
    _opens(desk, HELP_LOOKS_ALONE.amount)
    assert not _reasons()
    _opens(desk, 1)
    assert _reasons() == ["looks_alone"]
    told = letters()
    assert {one.to for one in told} == {"support_lead@council.example", "auditor@council.example"}
    for one in told:
        assert member.account.full_name in one.text
        assert f"more than {HELP_LOOKS_ALONE.amount} people" in one.text


def test_whoever_is_sent_something_now_and_then_hides_no_looks() -> None:
    _member, desk = _agent()
    _opens(desk, 1)
    help_id = HelpSession.objects.get().pk
    for _act in range(3):
        desk.post(f"/staff/help/{help_id}/ways-back")
    _opens(desk, HELP_LOOKS_ALONE.amount)
    assert not _reasons()
    _opens(desk, 1)
    assert _reasons() == ["looks_alone"]


def test_looks_of_yesterday_and_of_colleagues_do_not_count() -> None:
    _member, desk = _agent()
    _opens(desk, HELP_LOOKS_ALONE.amount)
    HelpSession.objects.update(started_at=timezone.now() - HELP_LOOKS_ALONE.window)
    _other, their_desk = _agent()
    _opens(their_desk, HELP_LOOKS_ALONE.amount)
    _opens(desk, 1)
    assert not _reasons()


@pytest.mark.parametrize(
    "opened, helped, is_told",
    [(20, 0, False), (21, 0, True), (21, 1, False), (26, 5, True), (30, 6, False), (60, 11, True)],
)
def test_whoever_helps_one_in_five_does_their_work(
    opened: int, helped: int, *, is_told: bool
) -> None:
    assert looks_alone(opened=opened, helped=helped, most=20) == is_told
