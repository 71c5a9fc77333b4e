"""The help code on every page, and its trail."""

import re
from datetime import timedelta
from enum import StrEnum

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from accounts.help_codes import context, operations
from accounts.help_codes.trail import Trail, note_step
from accounts.models import HelpCode
from accounts.security.browser import BrowserId
from tests.accounts.staffing.desk import at_work
from tests.accounts.visitor import Response, Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


class Step(StrEnum):
    """Reasons of a feature that notes them."""

    CAME = "came"
    WENT = "went"


def _shown(response: Response) -> str:
    found = re.search(r'borough-help__code">([^<]*)<', response.content.decode())
    assert found
    return found[1]


def _reasons() -> list[str]:
    return [step["reason"] for step in HelpCode.objects.get().steps]


def test_every_page_shows_a_code_of_letters_that_are_not_mistaken_for_others() -> None:
    visitor = Visitor()
    for path in ("/help/contact", "/sign-out", "/nowhere", f"/sign-in?flow={visitor.begin()}"):
        assert re.fullmatch(
            r"[CDFGHJKMNPQRTVWXY34679]{4}-[CDFGHJKMNPQRTVWXY34679]{4}", _shown(visitor.get(path))
        )


def test_staff_see_none_of_their_own_beside_a_callers() -> None:
    _member, desk = at_work("support")
    for path in ("/staff", "/staff/help", "/staff/keys"):
        page = desk.get(path).content.decode()
        assert "borough-help__code" not in page
        assert "Ask a support lead" in page
    assert "borough-help__code" in Visitor().get("/staff/sign-in").content.decode()


def test_a_browser_keeps_its_code_and_another_has_its_own() -> None:
    first, second = Visitor(), Visitor()
    assert _shown(first.get("/help/contact")) == _shown(first.get("/sign-out"))
    assert _shown(first.get("/help/contact")) != _shown(second.get("/help/contact"))


def test_a_code_is_valid_for_half_an_hour_from_when_it_was_last_shown() -> None:
    visitor = Visitor()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = _shown(visitor.get("/help/contact"))
        clock.shift(settings.PAGE_HELP_CODE_LIFETIME - MINUTE)
        assert _shown(visitor.get("/help/contact")) == first
        assert HelpCode.objects.get().expires_at == timezone.now() + timedelta(minutes=30)
        clock.shift(settings.PAGE_HELP_CODE_LIFETIME)
        assert _shown(visitor.get("/help/contact")) != first


def test_a_browser_in_use_all_day_gets_a_new_code_now_and_then() -> None:
    visitor = Visitor()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        codes = set()
        for _time in range(20):
            codes.add(_shown(visitor.get("/help/contact")))
            clock.shift(20 * MINUTE)
    assert len(codes) > 2


def test_the_trail_names_pages_and_reasons_and_nothing_of_what_was_typed() -> None:
    visitor = Visitor()
    visitor.get("/help/contact?name=ann@example.org")
    visitor.submit("ann@example.org", "wrong horse battery")
    row = HelpCode.objects.get()
    pages = [(step["page"], step["reason"]) for step in row.steps]
    assert pages[0] == ("pages:contact", "status_200")
    assert pages[-1] == ("signin:sign_in", "sign_in_not_right")
    assert "ann@" not in str(row.steps)
    assert "horse" not in str(row.steps)


def test_a_page_that_shows_no_code_writes_none() -> None:
    Visitor().get("/manifest.webmanifest")
    assert not HelpCode.objects.exists()


def test_a_step_before_a_redirect_is_kept() -> None:
    trail = Trail(BrowserId())
    trail.note(Step.WENT)
    trail.close("signin:sign_in", 303)
    assert _reasons() == ["went"]


def test_a_sign_in_leaves_its_steps() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org", "")
    visitor.submit("ann@example.org")
    assert _reasons()[-2:] == ["sign_in_incomplete", "signed_in"]


def test_an_answer_is_worth_more_than_its_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(operations, "add_steps", fail)
    assert Visitor().get("/help/contact").status_code == 200


def test_a_step_is_noted_from_anywhere_that_has_the_request() -> None:
    request = HttpRequest()
    note_step(request, Step.CAME)
    trail = Trail(BrowserId())
    vars(request)["trail"] = trail
    note_step(request, Step.CAME)
    note_step(request, Step.WENT)
    trail.close("", 200)
    assert _reasons() == ["came", "went"]


def test_a_trail_keeps_its_last_twenty_steps() -> None:
    row = operations.for_browser(BrowserId())
    for number in range(30):
        operations.add_steps(row, page="p", reasons=[f"r{number}"])
    assert _reasons() == [f"r{number}" for number in range(10, 30)]


def test_the_browser_is_stored_only_as_a_keyed_hash() -> None:
    visitor = Visitor()
    visitor.get("/help/contact")
    value = visitor.client.cookies[settings.BROWSER_COOKIE_NAME].value
    assert value not in HelpCode.objects.get().browser_hash


def test_a_code_that_somebody_has_is_not_given_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = operations.for_browser(BrowserId()).code
    codes = iter([taken, "CDFGHJKM"])
    monkeypatch.setattr(operations, "readable_code", lambda: next(codes))
    assert operations.for_browser(BrowserId()).code == "CDFGHJKM"


def test_a_page_shows_without_a_code_when_the_database_gives_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_browser: BrowserId) -> None:
        raise DatabaseError

    monkeypatch.setattr(operations, "for_browser", fail)
    request = HttpRequest()
    vars(request)["trail"] = Trail(BrowserId())
    assert str(context.help_code(request)["help_code"]) == ""


def test_without_a_browser_there_is_no_code() -> None:
    assert str(context.help_code(HttpRequest())["help_code"]) == ""
