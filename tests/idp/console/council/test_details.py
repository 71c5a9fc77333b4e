"""The owner changes what residents see: tried first, then published, nothing of others lost."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.council import queries
from accounts.council.memory import memory
from accounts.council.rules import Detail
from accounts.council.shown import complete
from accounts.models import Account, AuditEvent, CouncilDetails
from idp.console.council.forms import as_typed
from tests.accounts.council.published import publish
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response

pytestmark = pytest.mark.django_db
PAGE = "/staff/council/details"
HOSTILE = (
    "a\x00b",
    "x" * 20_000,
    "\u202eevil",
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "a\r\nBcc: eve@example.org",
    "\ud800",
    "%00",
    "{{ council }}",
)


@pytest.fixture
def desk() -> Desk:
    _member, desk = at_work("owner")
    return desk


def typed(**changes: Any) -> dict[str, Any]:
    """Return what the form holds, with these changes."""
    newest = queries.newest()
    fields = as_typed(queries.values_of(newest), begun_at=newest.number if newest else 0)
    return {**fields, **changes}


def send(desk: Desk, act: str = "preview", **changes: Any) -> Response:
    return desk.post(PAGE, act=act, **typed(**changes))


def words(answer: Response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_overview_shows_every_value_and_who_published_it(desk: Desk) -> None:
    assert "Nothing was published yet" in words(desk.get("/staff/council"))
    publish(phone="+442079460123")
    page = words(desk.get("/staff/council"))
    assert "020 7946 0123" in page
    assert CouncilDetails.objects.get().published_by is not None
    assert "Last published by" in page


def test_a_change_is_tried_before_it_is_published(desk: Desk) -> None:
    tried = send(desk, phone="020 7946 0123", name="Ambridge", colour="#4b1d6b")
    assert tried.status_code == 200
    page = tried.content.decode()
    assert "What it will look like" in page
    assert "020 7946 0123" in page
    assert "/staff/council/colours.css?colour=4b1d6b&amp;link=00534c" in page
    assert not CouncilDetails.objects.exists()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    published = desk.post(PAGE, act="publish", **{k: unescape(v) for k, v in fields.items()})
    assert published.status_code == 303
    values = CouncilDetails.objects.get().values
    assert (values["phone"], values["name"]) == ("+442079460123", "Ambridge")


def test_whoever_wants_to_change_something_after_all_finds_what_they_typed(desk: Desk) -> None:
    page = send(desk, "change", hours="Mondays only").content.decode()
    assert 'value="Mondays only"' in page
    assert not CouncilDetails.objects.exists()


def test_the_colours_of_a_preview_are_a_sheet_of_its_own(desk: Desk) -> None:
    sheet = desk.get("/staff/council/colours.css?colour=4b1d6b&link=1d3c6b")
    assert b"--govuk-brand-colour: #4b1d6b" in sheet.content
    assert sheet["Cache-Control"] == "no-store"
    for bad in ("ffff00", "red;}", "", "%00", "x" * 5000):
        assert desk.get(f"/staff/council/colours.css?colour={bad}&link=1d3c6b").status_code == 404


def test_a_pale_colour_is_refused_with_its_contrast(desk: Desk) -> None:
    page = words(send(desk, "publish", colour="#ffcc00"))
    assert "Main colour: choose a darker colour" in page
    assert "Its contrast is 1.4 to 1" in page
    assert not CouncilDetails.objects.exists()


@pytest.mark.parametrize("detail", Detail)
def test_hostile_values_are_refused_or_shown_as_text(desk: Desk, detail: Detail) -> None:
    for value in HOSTILE:
        sent = value.encode("utf-8", "replace").decode()
        answers = [send(desk, act, **{detail: sent}) for act in ("change", "preview", "publish")]
        assert [answer.status_code for answer in answers][:2] == [200, 200]
        assert not any(b"<script>alert" in answer.content for answer in answers)
        if answers[2].status_code == 200:
            continue
        memory.forget()
        for path in ("/help/privacy", "/help/contact", "/staff/council", "/staff/council/versions"):
            shown = desk.get(path)
            assert shown.status_code == 200
            assert b"<script>alert" not in shown.content


@pytest.mark.parametrize("begun_at", ["", "x", "-1", "9" * 30, "1\x00", "7"])
def test_a_version_that_nobody_began_at_publishes_nothing(desk: Desk, begun_at: str) -> None:
    answer = send(desk, "publish", hours="Always", begun_at=begun_at)
    assert answer.status_code in {200, 404}
    assert not CouncilDetails.objects.exists()


def test_nothing_changed_is_said(desk: Desk) -> None:
    assert "You have changed nothing" in words(send(desk, "publish"))


def test_the_later_of_two_is_told_and_nothing_is_lost(desk: Desk) -> None:
    begun = typed()
    other, other_desk = at_work("owner")
    Account.objects.filter(pk=other.account.pk).update(full_name="Bo Lee")
    assert send(other_desk, "publish", phone="020 7946 0123", hours="Always").status_code == 303
    answer = desk.post(PAGE, act="publish", **{**begun, "hours": "Never", "name": "Ambridge"})
    page = words(answer)
    assert "Bo Lee published changes at" in page
    assert "Bo Lee changed it too, to “Always”" in page
    shown = answer.content.decode()
    for value in ("020 7946 0123", "Never", "Ambridge"):
        assert f'value="{value}"' in shown
    assert CouncilDetails.objects.count() == 1
    fields = dict(re.findall(r'name="(begun_at)" value="(\d+)"', shown))
    again = desk.post(
        PAGE,
        act="publish",
        **{**begun, **fields, "hours": "Never", "name": "Ambridge", "phone": "020 7946 0123"},
    )
    assert again.status_code == 303
    newest = queries.values_of(queries.newest())
    assert (newest[Detail.PHONE], newest[Detail.HOURS]) == ("+442079460123", "Never")


def test_an_earlier_version_is_put_back_as_a_new_one(desk: Desk) -> None:
    publish(hours="Always")
    publish(hours="Never", name="Wrong")
    page = desk.get("/staff/council/versions/1")
    assert "Put version 1 back" in words(page)
    assert "Never" in words(page)
    answer = desk.post("/staff/council/versions/1", begun_at="2")
    assert answer.status_code == 303
    newest = queries.newest()
    assert newest is not None
    assert (newest.number, newest.put_back, newest.values["hours"]) == (3, 1, "Always")
    assert queries.values_of(newest) == complete(CouncilDetails.objects.get(number=1).values)
    assert "Version 1 was put back" in words(desk.get("/staff/council/versions"))
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert event.detail == {"changed": "name,hours", "put_back": 1}


def test_putting_back_overwrites_nobodys_change_either(desk: Desk) -> None:
    publish(hours="Always")
    publish(hours="Never")
    publish(hours="Sometimes")
    answer = desk.post("/staff/council/versions/1", begun_at="2")
    assert "Nothing was put back" in words(answer)
    assert CouncilDetails.objects.count() == 3


@pytest.mark.parametrize("number", ["0", "99", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(desk: Desk, number: str) -> None:
    assert desk.get(f"/staff/council/versions/{number}").status_code == 404
    assert desk.post(f"/staff/council/versions/{number}", begun_at="0").status_code == 404


@pytest.mark.parametrize("path", [PAGE, "/staff/council/versions/1"])
def test_publishing_wants_a_sign_in_of_just_now(path: str) -> None:
    publish(hours="Always")
    _member, desk = at_work("owner", signed_in_at=timezone.now() - timedelta(minutes=16))
    for answer in (desk.get(path), desk.post(path, begun_at="1")):
        assert answer.status_code == 302
        assert "again=yes" in answer["Location"]
    assert CouncilDetails.objects.count() == 1
