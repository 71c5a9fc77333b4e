"""Looks are kept from an owner by two people of two kinds, for a while, and told afterwards."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.export.part import Asked, parts
from accounts.history.queries import told
from accounts.holding_back.rules import Refusal, refusal_to_agree, refusal_to_last
from accounts.models import (
    Account,
    AuditEvent,
    ColleagueAccount,
    HoldBack,
    Session,
    StaffMember,
    StaffRole,
)
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response, Visitor
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 10, 12, 0, tzinfo=timezone.get_default_timezone())
START = "/staff/hold-backs"


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


def _day(days: int) -> dict[str, str]:
    day: date = timezone.localdate() + timedelta(days=days)
    return {
        "until-day": str(day.day),
        "until-month": str(day.month),
        "until-year": str(day.year),
    }


def _ask(desk: Desk, whose: Account, days: int = 30, **values: str) -> Response:
    given = {"account": str(whose.pk), "case_reference": "INV-1", **_day(days)}
    return desk.post(f"{START}/ask", **(given | values))


def _answer(desk: Desk, row: HoldBack, answer: str = "agree") -> Response:
    return desk.post(f"{START}/{row.pk}", answer=answer)


def _newest() -> HoldBack:
    return HoldBack.objects.order_by("-asked_at", "-pk")[0]


def _look(account: Account) -> None:
    row, _desk = helping(account)
    about = About(account_id=account.pk, detail={"role": "support", "tier": 0})
    for event in (Event.HELP_STARTED, Event.HELP_TIER_REACHED):
        record(event, by=staff(row.staff), about=about)


def _told(account: Account) -> list[str]:
    return [event.event for event in told(account)]


def _in_copy(account: Account) -> list[str]:
    [history] = [part for part in parts() if part.name == "history"]
    asked = Asked(account, includes_private=True)
    return [row.event for row in history.records(asked) if isinstance(row, AuditEvent)]


def _held_back(account: Account, days: int = 30) -> HoldBack:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    _ask(office, account, days)
    row = _newest()
    assert _answer(audit, row).status_code == 303
    return row


@pytest.mark.parametrize("asks, agrees", [("support_lead", "auditor"), ("auditor", "support_lead")])
def test_one_of_each_kind_keeps_looks_back_from_page_and_copy(
    ann: Account, asks: str, agrees: str
) -> None:
    _first, asking = at_work(asks)
    _second, agreeing = at_work(agrees)
    assert _ask(asking, ann)["Location"] == START
    assert _answer(agreeing, _newest())["Location"] == START
    _look(ann)
    assert _told(ann) == ["account:help_tier:reached"]
    assert _in_copy(ann) == ["account:help_tier:reached"]
    assert "INV-1" in asking.get(START).content.decode()


def test_it_shows_on_no_page_of_the_owners(ann: Account) -> None:
    _held_back(ann)
    _look(ann)
    visitor = Visitor()
    visitor.enter(ann)
    page = visitor.get("/account/history").content.decode()
    assert "Looked at" not in page
    assert "show you later" not in page


def test_until_a_second_person_agrees_looks_show(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _ask(office, ann)
    _look(ann)
    assert "account:help:started" in _told(ann)
    # That it was asked for does not: else the owner would hear of it before anybody could agree.
    assert "account:hold_back:asked" not in _told(ann)


def test_earlier_looks_stay_where_they_were(ann: Account) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        _look(ann)
    _held_back(ann)
    assert _told(ann).count("account:help:started") == 1


def test_it_ends_by_itself_and_then_everything_shows(ann: Account) -> None:
    _held_back(ann, days=90 - 1)
    _look(ann)
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert {
            "account:help:started",
            "account:hold_back:asked",
            "account:hold_back:agreed",
        } <= set(_told(ann))
        assert set(_told(ann)) <= set(_in_copy(ann))


def test_either_may_end_it_before(ann: Account) -> None:
    row = _held_back(ann)
    _look(ann)
    _auditor, audit = at_work("auditor")
    page = audit.get(f"{START}/{row.pk}").content.decode()
    assert "End this now" in page
    assert '<input type="hidden" name="answer" value="end">' in page
    assert _answer(audit, row, "end").status_code == 303
    assert {"account:help:started", "account:hold_back:ended"} <= set(_told(ann))
    assert _answer(audit, row, "end").status_code == 404


@pytest.mark.parametrize("answer", ["agree", "refuse", "", "END", "end\0"])
def test_a_late_or_second_press_ends_nothing(ann: Account, answer: str) -> None:
    row = _held_back(ann)
    _look(ann)
    _auditor, audit = at_work("auditor")
    assert _answer(audit, row, answer).status_code == 303
    assert "account:help:started" not in _told(ann)
    assert not HoldBack.objects.exclude(ended_at=None).exists()


def test_what_only_waits_is_ended_by_nobody(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    _ask(office, ann)
    assert _answer(audit, _newest(), "end").status_code == 200
    assert not HoldBack.objects.exclude(ended_at=None).exists()


def test_renewed_by_two_what_was_kept_back_stays_so(ann: Account) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=29), tick=False):
        _held_back(ann, days=30)
        _look(ann)
    _held_back(ann, days=60)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert "account:help:started" not in _told(ann)
    with time_machine.travel(timezone.now() + timedelta(days=62), tick=False):
        assert "account:help:started" in _told(ann)


def test_ninety_one_days_are_refused(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    for days in (91, 400, -1):
        assert _ask(office, ann, days).status_code == 200
    assert not HoldBack.objects.exists()
    assert _ask(office, ann, 89).status_code == 303


@pytest.mark.parametrize(
    "days, refusal",
    [(0, Refusal.IN_THE_PAST), (-1, Refusal.IN_THE_PAST), (90, None), (91, Refusal.TOO_LONG)],
)
def test_it_lasts_for_ninety_days_at_most(days: int, refusal: Refusal | None) -> None:
    assert refusal_to_last(NOW + timedelta(days=days), now=NOW) is refusal


@pytest.mark.parametrize(
    "asker, other, fits",
    [
        ({"support_lead"}, {"auditor"}, True),
        ({"auditor"}, {"support_lead"}, True),
        ({"support_lead", "auditor"}, {"auditor"}, True),
        ({"support_lead"}, {"support_lead"}, False),
        ({"auditor"}, {"auditor"}, False),
        ({"auditor"}, {"support"}, False),
        (set(), {"auditor", "support_lead"}, False),
    ],
)
def test_two_kinds_of_role_are_needed(asker: set[str], other: set[str], *, fits: bool) -> None:
    assert (refusal_to_agree(asker, other, is_same_person=False) is None) == fits


def test_one_person_with_both_roles_cannot_agree_with_themselves(ann: Account) -> None:
    _both, desk = at_work("support_lead", "auditor")
    _ask(desk, ann)
    assert "somebody else must agree" in _answer(desk, _newest()).content.decode()
    _look(ann)
    assert "account:help:started" in _told(ann)
    refused = AuditEvent.objects.get(event="account:hold_back:refused")
    assert refused.reason == "same_person"


def test_somebody_of_the_same_kind_cannot_agree(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _other, other_office = at_work("support_lead")
    _ask(office, ann)
    assert "the other an auditor" in _answer(other_office, _newest()).content.decode()
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


def test_whose_role_was_taken_meanwhile_asked_in_vain(ann: Account) -> None:
    lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    _ask(office, ann)
    StaffRole.objects.filter(account=lead.account).delete()
    assert _answer(audit, _newest()).status_code == 200
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


@pytest.mark.parametrize("owner", ["asks", "agrees"])
def test_nobody_keeps_looks_at_their_own_account_back(ann: Account, owner: str) -> None:
    lead, office = at_work("support_lead")
    auditor, audit = at_work("auditor")
    _own(ann, lead if owner == "asks" else auditor)
    answer = _ask(office, ann)
    if owner == "agrees":
        answer = _answer(audit, _newest())
    assert "your own account" in answer.content.decode()
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


def test_of_a_colleagues_account_looks_may_be_kept_back(ann: Account) -> None:
    colleague, _desk = at_work("support")
    _own(ann, colleague)
    _held_back(ann)
    _look(ann)
    assert "account:help:started" not in _told(ann)


def test_refused_it_shows_that_it_was_asked_for(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    _ask(office, ann)
    assert _answer(audit, _newest(), "refuse").status_code == 303
    assert {"account:hold_back:asked", "account:hold_back:refused"} <= set(_told(ann))


def test_after_a_week_nobody_can_agree_any_more(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _ask(office, ann)
    row = _newest()
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        _auditor, audit = at_work("auditor")
        assert _answer(audit, row).status_code == 404
        assert "account:hold_back:asked" in _told(ann)


def test_it_takes_a_fresh_sign_in(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    _ask(office, ann)
    Session.objects.update(signed_in_at=timezone.now() - timedelta(minutes=16))
    for desk, path in ((office, f"{START}/ask"), (audit, f"{START}/{_newest().pk}")):
        assert "again=yes" in desk.post(path, answer="agree")["Location"]
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": ""},
        {"account": "nobody@example.org"},
        {"account": "a\0b"},
        {"account": "x" * 255},
        {"case_reference": ""},
        {"case_reference": "because of Ann"},
        {"until-day": "32"},
        {"until-year": "9999", "until-day": "31", "until-month": "12"},
        {"until-year": ""},
    ],
)
def test_what_is_wrong_is_asked_for_again(ann: Account, wrong: dict[str, str]) -> None:
    _lead, office = at_work("support_lead")
    assert _ask(office, ann, 30, **wrong).status_code == 200
    assert not HoldBack.objects.exists()


def _own(account: Account, member: StaffMember) -> None:
    ColleagueAccount.objects.create(account=account, staff=member.account)
