"""Looks are kept from an owner by two people of two kinds, for a while, and told afterwards."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.holding_back.rules import Refusal, refusal_to_last
from accounts.models import (
    Account,
    HoldBack,
    Session,
)
from tests import factories
from tests.accounts.staffing.desk import at_work
from tests.accounts.visitor import Visitor
from tests.idp.console.holding_back.keeping import (
    START,
    answer,
    ask,
    held_back,
    in_copy,
    look,
    newest,
    told_to,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 10, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


@pytest.mark.parametrize("asks, agrees", [("support_lead", "auditor"), ("auditor", "support_lead")])
def test_one_of_each_kind_keeps_looks_back_from_page_and_copy(
    ann: Account, asks: str, agrees: str
) -> None:
    _first, asking = at_work(asks)
    _second, agreeing = at_work(agrees)
    assert ask(asking, ann)["Location"] == START
    assert answer(agreeing, newest())["Location"] == START
    look(ann)
    assert told_to(ann) == ["account:help_tier:reached"]
    assert in_copy(ann) == ["account:help_tier:reached"]
    assert "INV-1" in asking.get(START).content.decode()


def test_it_shows_on_no_page_of_the_owners(ann: Account) -> None:
    held_back(ann)
    look(ann)
    visitor = Visitor()
    visitor.enter(ann)
    page = visitor.get("/account/history").content.decode()
    assert "Looked at" not in page
    assert "show you later" not in page


def test_until_a_second_person_agrees_looks_show(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    ask(office, ann)
    look(ann)
    assert "account:help:started" in told_to(ann)
    # That it was asked for does not: else the owner would hear of it before anybody could agree.
    assert "account:hold_back:asked" not in told_to(ann)


def test_earlier_looks_stay_where_they_were(ann: Account) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        look(ann)
    held_back(ann)
    assert told_to(ann).count("account:help:started") == 1


def test_it_ends_by_itself_and_then_everything_shows(ann: Account) -> None:
    held_back(ann, days=90 - 1)
    look(ann)
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert {
            "account:help:started",
            "account:hold_back:asked",
            "account:hold_back:agreed",
        } <= set(told_to(ann))
        assert set(told_to(ann)) <= set(in_copy(ann))


def test_either_may_end_it_before(ann: Account) -> None:
    row = held_back(ann)
    look(ann)
    _auditor, audit = at_work("auditor")
    page = audit.get(f"{START}/{row.pk}").content.decode()
    assert "End this now" in page
    assert '<input type="hidden" name="answer" value="end">' in page
    assert answer(audit, row, "end").status_code == 303
    assert {"account:help:started", "account:hold_back:ended"} <= set(told_to(ann))
    assert answer(audit, row, "end").status_code == 404


@pytest.mark.parametrize("pressed", ["agree", "refuse", "", "END", "end\0"])
def test_a_late_or_second_press_ends_nothing(ann: Account, pressed: str) -> None:
    row = held_back(ann)
    look(ann)
    _auditor, audit = at_work("auditor")
    assert answer(audit, row, pressed).status_code == 303
    assert "account:help:started" not in told_to(ann)
    assert not HoldBack.objects.exclude(ended_at=None).exists()


def test_what_only_waits_is_ended_by_nobody(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    ask(office, ann)
    assert answer(audit, newest(), "end").status_code == 200
    assert not HoldBack.objects.exclude(ended_at=None).exists()


def test_renewed_by_two_what_was_kept_back_stays_so(ann: Account) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=29), tick=False):
        held_back(ann, days=30)
        look(ann)
    held_back(ann, days=60)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert "account:help:started" not in told_to(ann)
    with time_machine.travel(timezone.now() + timedelta(days=62), tick=False):
        assert "account:help:started" in told_to(ann)


def test_ninety_one_days_are_refused(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    for days in (91, 400, -1):
        assert ask(office, ann, days).status_code == 200
    assert not HoldBack.objects.exists()
    assert ask(office, ann, 89).status_code == 303


@pytest.mark.parametrize(
    "days, refusal",
    [(0, Refusal.IN_THE_PAST), (-1, Refusal.IN_THE_PAST), (90, None), (91, Refusal.TOO_LONG)],
)
def test_it_lasts_for_ninety_days_at_most(days: int, refusal: Refusal | None) -> None:
    assert refusal_to_last(NOW + timedelta(days=days), now=NOW) is refusal


def test_refused_it_shows_that_it_was_asked_for(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    ask(office, ann)
    assert answer(audit, newest(), "refuse").status_code == 303
    assert {"account:hold_back:asked", "account:hold_back:refused"} <= set(told_to(ann))


def test_after_a_week_nobody_can_agree_any_more(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    ask(office, ann)
    row = newest()
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        _auditor, audit = at_work("auditor")
        assert answer(audit, row).status_code == 404
        assert "account:hold_back:asked" in told_to(ann)


def test_it_takes_a_fresh_sign_in(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    ask(office, ann)
    Session.objects.update(signed_in_at=timezone.now() - timedelta(minutes=16))
    for desk, path in ((office, f"{START}/ask"), (audit, f"{START}/{newest().pk}")):
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
    assert ask(office, ann, 30, **wrong).status_code == 200
    assert not HoldBack.objects.exists()
