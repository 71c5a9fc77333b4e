"""Auditors find events by what they know, and each search is on record."""

import re
from html import unescape
from uuid import UUID

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.audit.actor import OPERATOR, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.audit.searching import queries
from accounts.models import AuditEvent
from tests import factories
from tests.accounts.audit import log
from tests.idp.console.audit.auditing import SEARCH, auditor, shown, words

pytestmark = pytest.mark.django_db

ACCOUNT = UUID(int=7)


@pytest.mark.parametrize(
    "columns, asked",
    [
        ({"account_id": ACCOUNT}, {"account_id": str(ACCOUNT)}),
        ({"account_id": ACCOUNT}, {"account_id": f" {ACCOUNT.hex} "}),
        ({"organisation_id": ACCOUNT}, {"organisation": str(ACCOUNT)}),
        ({"application_id": "gone"}, {"application": "gone"}),
        ({"help_code": "CDFG3467"}, {"help_code": "cdfg-3467"}),
        ({"case_reference": "C-1"}, {"case_reference": "C-1"}),
        ({"actor_id": "9"}, {"actor": "9"}),
        ({"actor_id": "9"}, {"actor": "9", "actor_kind": "resident"}),
        ({}, {"event": "account:session:started", "actor_kind": "resident"}),
    ],
)
def test_an_event_is_found_by_each_thing(columns: dict[str, object], asked: dict[str, str]) -> None:
    desk = auditor()
    number = log.one(2, **columns)
    assert shown(desk.client.get(SEARCH, asked)) == [number]
    nothing = desk.client.get(SEARCH, {**asked, "case_reference": "C-2"})
    assert "No event has all of this" in words(nothing)


def test_staff_are_found_by_their_work_address_also_when_they_have_left() -> None:
    desk = auditor()
    member = factories.staff_member("support", address="sam.lee@council.example")
    number = log.one(1, actor_id=staff(member.account).id)
    answer = desk.client.get(SEARCH, {"actor": "Sam.Lee@council.example"})
    assert shown(answer) == [number]
    member.left_at = timezone.now()
    member.save()
    assert shown(desk.client.get(SEARCH, {"actor": "sam.lee@council.example"})) == [number]
    again = factories.staff_member("support", address="lee@council.example")
    again.work_email_key = member.work_email_key
    again.save()
    assert shown(desk.client.get(SEARCH, {"actor": "sam.lee@council.example"})) == []
    assert shown(desk.client.get(SEARCH, {"actor": str(member.pk)})) == [number]
    nobody = desk.client.get(SEARCH, {"actor": "nobody@council.example"})
    assert "Nobody of the staff has, or had, this work email address" in words(nobody)


def test_partners_are_found_by_their_names_in_addresses() -> None:
    desk, application = auditor(), factories.application()
    number = log.one(1, application_id=application.client_id)
    other = log.one(2, organisation_id=application.organisation_id)
    assert shown(desk.client.get(SEARCH, {"application": application.slug})) == [number]
    organisation = application.organisation.slug
    assert shown(desk.client.get(SEARCH, {"organisation": organisation})) == [other]
    assert "no such organisation" in words(desk.client.get(SEARCH, {"organisation": "nowhere"}))


def test_days_are_the_councils_own_and_count_to_their_end() -> None:
    desk = auditor()
    number = log.one(1, at=log.ago(days=3), case_reference="C-1")

    def found(first: int, last: int) -> list[int]:
        asked = {"case_reference": "C-1"}
        for name, shift in (("since", first), ("until", last)):
            one = localtime(log.ago(days=3 + shift))
            asked |= {f"{name}-day": str(one.day), f"{name}-month": str(one.month)}
            asked |= {f"{name}-year": str(one.year)}
        return shown(desk.client.get(SEARCH, asked))

    assert found(0, 0) == [number]
    assert found(1, -1) == [number]
    assert found(2, 1) == []
    assert found(-1, -2) == []


def test_of_an_act_of_staff_the_list_says_which() -> None:
    desk = auditor()
    for act in ("freeze", ""):
        about = About(case_reference="C-1", detail={"act": act})
        record(Event.STAFF_ACT_DONE, by=OPERATOR, about=about)
    found = words(desk.client.get(SEARCH, {"case_reference": "C-1"})).partition("Search again")[0]
    assert found.count("Staff act done") == 2
    assert found.count("Freeze") == 1


def test_pages_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = auditor()
    monkeypatch.setattr(queries, "PAGE", 2)
    happened = [log.one(number, case_reference="C&1") for number in range(1, 6)]
    address, seen = "?case_reference=C%261", []
    while address:
        answer = desk.client.get(SEARCH + address)
        seen.append(shown(answer))
        found = re.search(r'href="(\?[^"]+)"', answer.content.decode())
        address = unescape(found[1]) if found else ""
    assert seen == [happened[:2:-1], happened[2:0:-1], happened[:1]]
    for below in ("x", "-1", "9" * 40, "٣", "\0"):
        asked = {"case_reference": "C&1", "below": below}
        assert shown(desk.client.get(SEARCH, asked)) == happened[:2:-1]


def test_each_search_is_an_event_and_what_was_refused_is_none() -> None:
    desk = auditor()
    desk.client.get(SEARCH)
    desk.client.get(SEARCH, {"account_id": "x"})
    assert not AuditEvent.objects.filter(event=Event.AUDIT_SEARCHED).exists()
    log.one(1, case_reference="C-1")
    desk.client.get(SEARCH, {"case_reference": "C-1", "account_id": str(ACCOUNT)})
    event = AuditEvent.objects.get(event=Event.AUDIT_SEARCHED)
    assert desk.signed_in is not None
    assert (event.actor_kind, event.actor_id) == ("staff", str(desk.signed_in.account_id))
    assert event.detail == {"account_id": str(ACCOUNT), "case_reference": "C-1", "found": 0}
    assert event.account_id is None


@pytest.mark.parametrize("field", ["actor", "application", "case_reference"])
def test_words_that_no_event_has_are_not_kept(field: str) -> None:
    desk = auditor()
    desk.client.get(SEARCH, {field: "Ann Lee 07700 900123", "account_id": str(ACCOUNT)})
    event = AuditEvent.objects.get(event=Event.AUDIT_SEARCHED)
    assert "Ann" not in str(event.detail)
    assert "in no event" in event.detail.values()
    assert event.detail["account_id"] == str(ACCOUNT)


@pytest.mark.parametrize(
    "asked, refused",
    [
        ({"account_id": "Ann"}, "Enter an account’s id"),
        ({"account_id": "a\0b"}, ""),
        ({"account_id": "9" * 31}, "Enter an account’s id"),
        ({"help_code": "ABC"}, "eight letters and digits"),
        ({"case_reference": "x" * 41}, ""),
        ({"case_reference": "a\0b"}, ""),
        ({"actor": "a\0b@council.example"}, ""),
        ({"actor": "x" * 300}, ""),
        ({"application": "x" * 65}, ""),
        ({"organisation": "a\0b"}, ""),
        ({"event": "account:session:began"}, ""),
        ({"actor_kind": "god"}, ""),
        ({"since-day": "31", "since-month": "2", "since-year": "2026"}, "must be a real date"),
        ({"since-day": "31"}, "must include a month"),
        ({"until-day": "1", "until-month": "1", "until-year": "9999"}, "today or earlier"),
        ({"since-day": "1", "since-month": "1", "since-year": "9999"}, "today or earlier"),
        ({"event": ""}, "Enter at least one thing"),
        ({"below": "5"}, "Enter at least one thing"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(asked: dict[str, str], refused: str) -> None:
    answer = auditor().client.get(SEARCH, asked)
    assert "There is a problem" in words(answer)
    assert refused in words(answer)
    assert "Error: " in answer.content.decode().partition("</title>")[0]
    assert not AuditEvent.objects.filter(event=Event.AUDIT_SEARCHED).exists()


def test_what_is_wrong_stands_before_all_else_on_the_page() -> None:
    page = auditor().get(f"{SEARCH}?event=x").content.decode().partition("<main")[2]
    assert page.index("There is a problem") < page.index("<h1")


def test_days_out_of_order_are_refused() -> None:
    asked = {"since-day": "2", "since-month": "1", "since-year": "2026"}
    asked |= {"until-day": "1", "until-month": "1", "until-year": "2026"}
    answer = auditor().client.get(SEARCH, asked)
    assert "must not be before the first day" in words(answer)
    first = {"since-day": "1", "since-month": "1", "since-year": "1"}
    assert auditor().client.get(SEARCH, first).status_code == 200
