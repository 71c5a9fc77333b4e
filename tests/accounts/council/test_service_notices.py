"""Notices about the service: said for a time, in plain text, wherever people begin."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.council import queries
from accounts.council.memory import memory
from accounts.council.service_notices import operations, rules
from accounts.council.service_notices.operations import NoticeRefusedError
from accounts.council.service_notices.rules import Problem
from accounts.models import AuditEvent, ServiceNotice
from tests import factories
from tests.accounts.visitor import Visitor
from tests.clients.partner import Partner

NOW = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = "Texts are late today: use your printed codes & ring us"
ENTRIES = ("/sign-in", "/sign-up", "/forgotten-password", "/staff/sign-in", "/help/contact")


@pytest.mark.parametrize(
    "text, problem",
    [
        ("", Problem.MISSING),
        ("x" * 301, Problem.TOO_LONG),
        ("a\x00b", Problem.NOT_PLAIN),
        ("\u202eevil", Problem.NOT_PLAIN),
        ("a\u2066b", Problem.NOT_PLAIN),
        ("a\nb", Problem.NOT_PLAIN),
        ("...", Problem.NOT_PLAIN),
        ("<b>Away</b>", None),
        ("x" * 300, None),
    ],
)
def test_what_a_notice_may_say(text: str, problem: Problem | None) -> None:
    assert rules.problem_of_text(text) is problem


@pytest.mark.parametrize(
    "starts, ends, problem",
    [
        (-HOUR, -timedelta(seconds=1), Problem.OVER),
        (-HOUR, timedelta(), Problem.OVER),
        (2 * HOUR, HOUR, Problem.ENDS_FIRST),
        (HOUR, HOUR, Problem.ENDS_FIRST),
        (timedelta(), timedelta(days=31, seconds=1), Problem.LASTS_TOO_LONG),
        (timedelta(days=93), timedelta(days=94), Problem.TOO_FAR_AHEAD),
        (timedelta(), timedelta(days=31), None),
    ],
)
def test_when_a_notice_may_be_shown(
    starts: timedelta, ends: timedelta, problem: Problem | None
) -> None:
    assert rules.problem_of_times(starts=NOW + starts, ends=NOW + ends, now=NOW) is problem


def publish(text: str = TEXT, *, starts: timedelta = timedelta()) -> ServiceNotice:
    """Publish a notice for an hour, and let this process know at once."""
    begins = timezone.now() + starts
    row = operations.publish(
        text=text,
        starts_at=begins,
        ends_at=begins + HOUR,
        by=factories.staff_member("owner").account,
    )
    memory.forget()
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("path", ENTRIES)
def test_every_page_where_people_begin_says_it(path: str) -> None:
    publish()
    page = Visitor().client.get(path, follow=True).content.decode()
    assert "Texts are late today: use your printed codes &amp; ring us" in page


@pytest.mark.django_db
def test_a_notice_begins_and_ends_by_the_clock_and_is_taken_down() -> None:
    with time_machine.travel(NOW) as clock:
        notice = publish(starts=HOUR)
        assert queries.notices() == []
        clock.shift(HOUR)
        memory.forget()
        assert queries.notices() == [notice]
        clock.shift(HOUR)
        assert queries.notices() == []
        other = publish("Another")
        assert operations.take_down(notice=other, by=factories.staff_member("owner").account)
        memory.forget()
        assert queries.notices() == []
        # A second press, and one that is over.
        owner = factories.staff_member("owner").account
        assert not operations.take_down(notice=other, by=owner)
        assert not operations.take_down(notice=notice, by=owner)


@pytest.mark.django_db
@pytest.mark.parametrize("begins", [timedelta(), HOUR])
def test_what_was_taken_down_is_on_no_page_before_or_after_its_time(begins: timedelta) -> None:
    with time_machine.travel(NOW) as clock:
        mistake = publish("Mrs Jones of 12 High Street", starts=begins)
        publish("Texts are late")
        operations.take_down(notice=mistake, by=factories.staff_member("owner").account)
        for _hour in range(4):
            page = Visitor().client.get("/status").content.decode()
            assert "Mrs Jones" not in page
            assert "Texts are late" in page
            clock.shift(HOUR)
            memory.forget()


@pytest.mark.django_db
def test_it_is_recorded_without_its_words() -> None:
    notice = publish()
    operations.take_down(notice=notice, by=factories.staff_member("owner").account)
    told = AuditEvent.objects.filter(object_kind="service_notice").order_by("pk")
    assert [event.event for event in told] == [
        "provider:service_notice:published",
        "provider:service_notice:taken_down",
    ]
    assert all((event.object_id, event.detail) == (str(notice.pk), {}) for event in told)


@pytest.mark.django_db
def test_three_notices_are_enough() -> None:
    for _ in range(3):
        publish()
    with pytest.raises(NoticeRefusedError, match="too_many"):
        publish()


@pytest.mark.django_db
def test_markup_is_text_on_every_page() -> None:
    publish('<script>alert(1)</script> <a href="https://evil.example">here</a>')
    for path in ("/help/contact", "/status"):
        page = Visitor().get(path).content
        assert b"&lt;script&gt;alert(1)" in page
        assert b"<script>alert" not in page
        assert b'<a href="https://evil' not in page


@pytest.mark.django_db
def test_the_status_page_shows_now_announced_and_before_and_is_the_same_for_all() -> None:
    empty = Visitor().get("/status").content.decode()
    assert "We know of no problem with" in empty
    with time_machine.travel(NOW) as clock:
        publish("It was slow")
        clock.shift(2 * HOUR)
        publish("It is away")
        publish("It will be slow", starts=HOUR)
        resident = Visitor()
        resident.enter(factories.account(full_name="Ann Example"))
        for visitor in (Visitor(), resident):
            answer = visitor.get("/status")
            page = answer.content.decode()
            order = [page.index(text) for text in ("It is away", "It will be slow", "It was slow")]
            assert order == sorted(order)
            assert "public" in answer["Cache-Control"]
            assert "max-age=20" in answer["Cache-Control"]
            assert not answer.cookies
            assert "help code" not in page
        clock.shift(timedelta(days=32))
        assert "It was slow" not in Visitor().get("/status").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/status", "/manifest.webmanifest"])
def test_no_proxy_keeps_an_answer_that_sets_a_cookie(path: str) -> None:
    visitor = Visitor()
    account = factories.account()
    visitor.enter(account)
    session = visitor.session
    assert session is not None
    type(session).objects.update(ended_at=timezone.now())
    answer = visitor.get(path)
    assert settings.SIGNED_IN_COOKIE_NAME in answer.cookies
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_status_page_is_only_read(method: str) -> None:
    assert getattr(Visitor().client, method)("/status").status_code == 405


@pytest.mark.django_db
def test_partners_read_it_where_they_begin() -> None:
    partner = Partner()
    publish()
    assert b"Texts are late today" in partner.get(partner.home).content
