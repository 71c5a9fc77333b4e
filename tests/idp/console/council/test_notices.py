"""The owner writes a notice, looks at it, publishes it and takes it down."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import ServiceNotice
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response

pytestmark = pytest.mark.django_db
ALL = "/staff/council/notices"
NEW = f"{ALL}/new"


@pytest.fixture
def desk() -> Desk:
    _member, desk = at_work("owner")
    return desk


def typed(**changes: Any) -> dict[str, Any]:
    end = timezone.localtime() + timedelta(days=2)
    return {
        "text": "Texts are late today",
        "from_date-day": "",
        "from_date-month": "",
        "from_date-year": "",
        "from_time": "",
        "until_date-day": end.day,
        "until_date-month": end.month,
        "until_date-year": end.year,
        "until_time": "09:30",
        **changes,
    }


def words(answer: Response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_notice_is_tried_published_and_taken_down(desk: Desk) -> None:
    tried = desk.post(NEW, act="preview", **typed())
    assert "What it will look like" in words(tried)
    assert "Texts are late today" in words(tried)
    assert "Until 9:30am on " in words(tried)
    assert not ServiceNotice.objects.exists()
    found = re.findall(
        r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', tried.content.decode()
    )
    kept = {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}
    assert desk.post(NEW, act="publish", **kept).status_code == 303
    notice = ServiceNotice.objects.get()
    local = timezone.localtime(notice.ends_at)
    assert (local.hour, local.minute) == (9, 30)
    assert abs(notice.starts_at - timezone.now()) < timedelta(minutes=1)
    assert "Texts are late today" in words(desk.get(ALL))
    for _press in range(2):
        assert desk.post(f"{ALL}/{notice.pk}/take-down").status_code == 303
    assert ServiceNotice.objects.get().taken_down_at is not None
    _before, taken_down = words(desk.get(ALL)).split("Taken down in the last 30 days")
    assert "Texts are late today" in taken_down


def test_whoever_changes_something_finds_what_they_typed(desk: Desk) -> None:
    page = desk.post(NEW, act="change", **typed(text="Almost")).content.decode()
    assert "Almost</textarea>" in page
    assert 'value="09:30"' in page


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"text": ""}, "Enter what people should know"),
        ({"text": "x" * 301}, "300 characters or fewer"),
        ({"text": "x" * 10_000}, "300 characters or fewer"),
        ({"text": "a\x00b"}, "signs that can be seen"),
        ({"text": "\u202eevil"}, "signs that can be seen"),
        ({"until_date-year": "2020"}, "must be in the future"),
        ({"until_date-year": "9999"}, "31 days or fewer"),
        ({"until_date-day": ""}, "must include a day"),
        ({"until_date-day": "99"}, "must be a real date"),
        ({"until_time": ""}, "Enter the time at which it ends"),
        ({"until_time": "25:00"}, "Enter a time like"),
        ({"until_time": "9" * 50}, "Enter a time like"),
        ({"until_time": "0\x009:00"}, "Enter a time like"),
        ({"from_time": "09:00"}, "Enter the day on which it begins"),
        (
            {"from_date-day": "1", "from_date-month": "1", "from_date-year": "9999"},
            "The end must be after the beginning",
        ),
        ({"until_date-year": "1"}, "must be a real date"),
        ({"until_date-year": "0"}, "must be a real date"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(
    desk: Desk, changes: dict[str, str], told: str
) -> None:
    answer = desk.post(NEW, act="publish", **typed(**changes))
    assert answer.status_code == 200
    assert told in words(answer), words(answer)
    assert "Error:" in words(answer)
    assert not ServiceNotice.objects.exists()


def test_a_fourth_notice_is_refused_with_what_to_do(desk: Desk) -> None:
    for _ in range(3):
        assert desk.post(NEW, act="publish", **typed()).status_code == 303
    assert "Take one down first" in words(desk.post(NEW, act="publish", **typed()))


def test_markup_is_text_for_the_owner_too(desk: Desk) -> None:
    hostile = typed(text='"><script>alert(1)</script>')
    for act in ("preview", "publish", "change"):
        assert b"<script>alert" not in desk.post(NEW, act=act, **hostile).content
    assert b"<script>alert" not in desk.get(ALL).content


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_notice_that_is_not_there_is_not_found(desk: Desk, number: str) -> None:
    assert desk.post(f"{ALL}/{number}/take-down").status_code == 404


def test_publishing_wants_a_sign_in_of_just_now() -> None:
    _member, desk = at_work("owner", signed_in_at=timezone.now() - timedelta(minutes=16))
    assert "again=yes" in desk.post(NEW, act="publish", **typed())["Location"]
    assert not ServiceNotice.objects.exists()
