"""Error pages: plain words, a next step, the phone, and no dependence on what has failed."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from accounts.pages import errors
from idp import urls

PHONE = "020 7946 0000"


def request(path: str = "/nothing-here") -> HttpRequest:
    return RequestFactory().get(path)


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


ANSWERS: dict[str, tuple[Callable[[], HttpResponse], int]] = {
    "bad_request": (lambda: errors.bad_request(request()), 400),
    "permission_denied": (lambda: errors.permission_denied(request()), 403),
    "csrf_failure": (lambda: errors.csrf_failure(request(), "no cookie"), 403),
    "not_found": (lambda: errors.not_found(request()), 404),
    "too_many_requests": (lambda: errors.too_many_requests(request(), timedelta(minutes=3)), 429),
    "server_error": (lambda: errors.server_error(request()), 500),
    "unavailable": (errors.unavailable, 503),
}
every_page = pytest.mark.parametrize("name", ANSWERS)


@every_page
def test_an_error_page_answers_with_its_own_status(name: str) -> None:
    answer, status = ANSWERS[name]
    assert answer().status_code == status


def test_a_page_whose_database_cannot_be_reached_says_to_come_back_later() -> None:
    client = Client(raise_request_exception=False)
    with mock.patch("accounts.pages.views.render", side_effect=OperationalError):
        answer = client.get("/help/cookies")
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert "you cannot sign in at the moment" in answer.content.decode()


@every_page
def test_an_error_page_gives_the_phone_number_and_another_way(name: str) -> None:
    page = ANSWERS[name][0]().content.decode()
    # In the text, and not a second time in the box below it.
    assert page.count(PHONE) == 1
    assert 'href="/help/contact"' in page


@every_page
def test_no_error_page_says_only_to_try_again(name: str) -> None:
    assert "try again" not in text(ANSWERS[name][0]()).lower()


@every_page
def test_an_error_page_shows_without_a_database(name: str) -> None:
    down = mock.patch.object(CursorWrapper, "execute", side_effect=OperationalError("down"))
    with down:
        assert ANSWERS[name][0]().status_code == ANSWERS[name][1]


# 404 asks first whether somebody of the staff is there: tests/idp/console/test_no_page.py.
@pytest.mark.parametrize("code", [400, 403, 500])
def test_the_project_answers_with_these_pages(code: int) -> None:
    assert getattr(urls, f"handler{code}").startswith("accounts.pages.errors.")


def test_a_limit_says_in_minutes_and_seconds_how_long_it_holds() -> None:
    response = errors.too_many_requests(request(), timedelta(seconds=61))
    assert response["Retry-After"] == "61"
    assert "in 2 minutes" in text(response)


def test_a_limit_that_has_just_ended_still_asks_for_a_moment() -> None:
    response = errors.too_many_requests(request(), timedelta(0))
    assert response["Retry-After"] == "1"
    assert "in 1 minute." in text(response)


def test_a_refusal_escapes_what_it_repeats() -> None:
    response = errors.problem(request(), status=400, heading="<b>x</b>", explanation="<i>y</i>")
    assert "<b>x" not in response.content.decode()
    assert "<i>y" not in response.content.decode()


def test_a_fault_has_a_code_that_the_log_has_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        page = text(errors.server_error(request()))
    found = re.search(r"help code, ([A-Z0-9]{4})-([A-Z0-9]{4})", page)
    assert found
    assert "".join(found.groups()) in caplog.text


def test_a_fault_logs_the_page_by_name_and_never_its_path(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = request("/help/contact?secret=hunter2")
    broken.resolver_match = resolve("/help/contact")
    with caplog.at_level(logging.ERROR):
        errors.server_error(broken)
    assert "pages:contact" in caplog.text
    assert "hunter2" not in caplog.text
    assert "/help" not in caplog.text


@pytest.mark.django_db
def test_another_host_name_is_told_the_right_one_and_fills_no_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    response = Client(headers={"host": "127.0.0.1:9"}).get("/sign-in")

    assert response.status_code == 400
    page = response.content.decode()
    assert f"Open {settings.ISSUER} instead." in page
    assert "127.0.0.1:9" not in page
    assert caplog.text == ""
