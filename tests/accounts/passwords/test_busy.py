"""What somebody sees who gets no turn: a 503 in plain words, with what they typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.db import connection

from accounts.models import Account
from accounts.passwords.hash_queue import HashQueue
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, wait_it_out
from tests.accounts.recovery.reset.forgetful import Forgetful
from tests.accounts.signup.browser import Browser
from tests.accounts.visitor import Response, Visitor, statements
from tests.factories import people

pytestmark = pytest.mark.django_db


def _queue(kind: type[HashQueue] = HashQueue) -> HashQueue:
    return kind(at_once=1, waiting=0, longest_wait=timedelta(seconds=5))


@contextmanager
def full() -> Iterator[None]:
    """Let nobody have a turn meanwhile."""
    queue = _queue()
    with mock.patch("accounts.passwords.operations.QUEUE", queue), queue.turn():
        yield


def _is_plain_refusal(response: Response) -> bool:
    words = "Many people are using this service. Wait 5 seconds, then try again"
    return (
        response.status_code == 503
        and response["Retry-After"] == "5"
        and words in response.content.decode()
    )


def test_signing_in_keeps_the_name() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    with full():
        response = Visitor().submit("ann@example.org")
    assert _is_plain_refusal(response)
    assert 'value="ann@example.org"' in response.content.decode()
    assert people.PASSWORD not in response.content.decode()


def test_a_name_that_nobody_has_is_refused_alike() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    costs = []
    for name in ("ann@example.org", "unknown@example.org"):
        visitor = Visitor()
        flow = visitor.begin()
        with full(), statements() as sql:
            assert _is_plain_refusal(visitor.submit(name, flow=flow))
        costs.append(sql)
    assert costs[0] == costs[1]


def _confirmed() -> Browser:
    browser = Browser()
    browser.begin("ann@example.org")
    browser.type_code(post.newest().code)
    return browser


def test_signing_up_keeps_what_was_typed() -> None:
    browser = _confirmed()
    with full():
        response = browser.finish()
    assert _is_plain_refusal(response)
    assert 'value="Ann Example"' in response.content.decode()
    assert not Account.objects.exists()


def test_a_link_for_a_new_password_still_works_afterwards() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    forgetful = Forgetful()
    link = forgetful.link("ann@example.org")
    with full():
        assert _is_plain_refusal(forgetful.choose(link))
    assert forgetful.choose(link).status_code == 302


def test_a_new_password_in_the_account_is_asked_for_again() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    values = {"old_password": people.PASSWORD, "password": "violet lantern orchard"}
    with full():
        response = visitor.client.post("/account/password", values)
    assert _is_plain_refusal(response)
    assert visitor.session is not None


def test_the_end_of_a_recovery_is_put_off_and_not_lost() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    with time_machine.travel("2026-03-02T12:00:00+00:00", tick=False) as clock:
        climber = Climber()
        climber.know_password("ann@example.org")
        wait_it_out(clock)
        page = climber.go_on()
        with full():
            assert _is_plain_refusal(climber.choose(page))
        assert climber.choose(page).status_code == 302


def test_a_page_that_has_no_form_to_show_again_says_so_too() -> None:
    with full(), mock.patch("accounts.signin.views.HashesBusyError", KeyError):
        response = Visitor().submit("ann@example.org")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Sorry, we are very busy" in response.content.decode()
    assert "Wait 5 seconds" in response.content.decode()


class _Watchful(HashQueue):
    """Fails where a transaction of the provider's own is open: others would wait for its locks."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        assert all(vars(block)["_from_testcase"] for block in connection.atomic_blocks)
        with super().turn():
            yield


def test_no_row_is_locked_while_somebody_waits_for_a_turn() -> None:
    with mock.patch("accounts.passwords.operations.QUEUE", _queue(_Watchful)):
        assert _confirmed().finish().status_code == 303
        assert Visitor().submit("ann@example.org").status_code == 303
        forgetful = Forgetful()
        assert forgetful.choose(forgetful.link("ann@example.org")).status_code == 302
