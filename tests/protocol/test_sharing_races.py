"""Clicks at the same moment against the served provider: one agreement, one code."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests import factories
from tests.protocol.forms import forms
from tests.serving.provider import Served

CLICKS = 8


class Tabs:
    """One browser that is signed in, at the sharing page of one service in several tabs."""

    def __init__(self, http: httpx.Client, asked: dict[str, Any]) -> None:
        self.http, self.client_id = http, asked["client_id"]
        page = self.open()
        self.send(page, "sign-in", sign_in_name=asked["sign_in_name"], password=factories.PASSWORD)

    def open(self) -> httpx.Response:
        """Come from the service in a new tab."""
        query = {
            "client_id": self.client_id,
            "response_type": "code",
            "redirect_uri": factories.REDIRECT_URI,
            "scope": "openid email",
            "code_challenge": factories.challenge(),
            "code_challenge_method": "S256",
        }
        return self.follow(self.http.get(f"/authorize?{urlencode(query)}"))

    def follow(self, answer: httpx.Response) -> httpx.Response:
        """Follow redirects as long as they stay with the provider."""
        while answer.is_redirect and answer.headers["Location"].startswith("/"):
            answer = self.http.get(answer.headers["Location"])
        return answer

    def send(self, page: httpx.Response, button: str, **typed: str) -> httpx.Response:
        """Send the form with this button."""
        (form,) = (form for form in forms(page.text) if button in form.buttons)
        return self.http.post(str(page.url), data={**form.values, **form.buttons[button], **typed})


def together(act: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """Do something many times at the same moment."""
    barrier = Barrier(CLICKS)

    def one(number: int) -> httpx.Response:
        barrier.wait(timeout=60)
        return act(number)

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(one, range(CLICKS)))


@pytest.fixture
def tabs(served: Served, ask: Callable[..., dict[str, Any]]) -> Iterator[Tabs]:
    with httpx.Client(base_url=served.issuer, timeout=60) as http:
        yield Tabs(http, ask("ask_for_sharing"))


def test_many_clicks_on_one_page_make_one_agreement(
    tabs: Tabs, ask: Callable[..., dict[str, Any]]
) -> None:
    page = tabs.open()
    answers = together(lambda _number: tabs.send(page, "share"))
    assert {answer.status_code for answer in answers} == {303}
    assert ask("shared", tabs.client_id) == {
        "agreements": 1,
        "current": 1,
        "codes": 0,
        "recorded": 1,
    }


def test_answers_in_many_tabs_leave_one_current_agreement(
    tabs: Tabs, ask: Callable[..., dict[str, Any]]
) -> None:
    pages = [tabs.open() for _ in range(CLICKS)]
    answers = together(lambda number: tabs.send(pages[number], "share"))
    assert {answer.status_code for answer in answers} == {303}
    assert ask("shared", tabs.client_id)["current"] == 1
    for answer in answers:
        assert "code=" in tabs.follow(answer).headers["Location"]


def test_one_request_gives_one_code(tabs: Tabs, ask: Callable[..., dict[str, Any]]) -> None:
    back = tabs.send(tabs.open(), "share").headers["Location"]
    answers = together(lambda _number: tabs.http.get(back))
    assert Counter(answer.status_code for answer in answers) == {303: 1, 400: CLICKS - 1}
    assert ask("shared", tabs.client_id)["codes"] == 1


def test_sharing_and_leaving_at_once_has_one_outcome(
    tabs: Tabs, ask: Callable[..., dict[str, Any]]
) -> None:
    page = tabs.open()
    leaving = tabs.follow(tabs.send(page, "refuse"))
    answers = together(
        lambda number: (
            tabs.send(leaving, "leave") if number % 2 else tabs.follow(tabs.send(page, "share"))
        )
    )
    sent = [
        answer.headers["Location"]
        for answer in answers
        if answer.headers.get("Location", "").startswith(factories.REDIRECT_URI)
    ]
    assert len(sent) == 1
    assert ask("shared", tabs.client_id)["codes"] == ("code=" in sent[0])
