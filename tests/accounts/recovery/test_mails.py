"""Mails that strangers ask for: few enough for a mailbox, and its reader always has a good link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.limits import table
from accounts.limits.table import Limit
from accounts.models import Account, OutboundMessage
from tests.accounts import post
from tests.accounts.visitor import Response, Visitor, statements
from tests.factories import people

pytestmark = pytest.mark.django_db

ANN, OTHER, NAME = "ann@example.org", "ann@work.example", "ann.example"
NEW = "violet lantern orchard"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Page:
    """A page that has a mail sent to whoever is typed there, and its limits."""

    path: str
    behind: str
    hourly: Limit
    daily: Limit

    def ask(self, typed: str = ANN) -> Response:
        """Ask as a stranger would, from a browser that nobody knows."""
        return Visitor().client.post(self.path, {"sign_in_name": typed})

    def link(self) -> str:
        """Return the newest mail's link."""
        return post.newest().path(self.behind)


RESET = Page("/reset-password", "/reset-password/", table.RESET_MAIL, table.RESET_MAIL_DAILY)
WAYS = Page("/get-back-in", "/get-back-in/ways/", table.RECOVERY_MAIL, table.RECOVERY_MAIL_DAILY)


@pytest.fixture(params=[RESET, WAYS], ids=["new password", "ways back"])
def form(request: pytest.FixtureRequest) -> Page:
    asked: Page = request.param
    return asked


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=True) as traveller:
        account = people.account(ANN, sign_in_name=NAME, password=people.PASSWORD)
        people.email_address(account, OTHER, is_primary=False)
        yield traveller


def sent(to: str = ANN) -> int:
    return sum(letter.to == to for letter in post.letters())


def flood(form: Page, clock: time_machine.Traveller, typed: str = ANN) -> None:
    """Ask again and again, until an hour before the day is over."""
    for _hour in range(3):
        for _time in range(form.hourly.amount + 1):
            form.ask(typed)
            post.send()
        clock.shift(HOUR + MINUTE)
    clock.shift(20 * HOUR - 3 * MINUTE)


def works(link: str) -> bool:
    return bool(Visitor().get(link).status_code == 200)


def test_no_more_are_sent_in_an_hour_and_the_last_works_until_the_next_can_be(
    form: Page, clock: time_machine.Traveller
) -> None:
    for _time in range(form.hourly.amount + 3):
        assert form.ask().status_code == 302
        post.send()
    assert sent() == form.hourly.amount
    last = form.link()
    clock.shift(form.hourly.window - MINUTE)
    form.ask()
    assert sent() == form.hourly.amount
    assert works(last)
    clock.shift(MINUTE)
    assert not works(last)
    form.ask()
    assert sent() == form.hourly.amount + 1
    assert works(form.link())


def test_no_more_are_sent_in_a_day_and_the_last_works_until_the_next_can_be(
    form: Page, clock: time_machine.Traveller
) -> None:
    flood(form, clock)
    assert sent() == form.daily.amount
    last = form.link()
    assert "on 11 January 2026" in post.newest().text
    assert works(last)
    clock.shift(HOUR)
    assert not works(last)
    form.ask()
    assert sent() == form.daily.amount + 1


def test_an_early_link_works_for_half_an_hour(form: Page, clock: time_machine.Traveller) -> None:
    form.ask()
    link = form.link()
    clock.shift(timedelta(minutes=29))
    assert works(link)
    clock.shift(MINUTE)
    assert not works(link)


def test_a_stranger_who_uses_up_the_day_leaves_the_owner_a_link_that_changes_the_password(
    clock: time_machine.Traveller,
) -> None:
    flood(RESET, clock)
    RESET.ask()
    done = Visitor().client.post(RESET.link(), {"password": NEW})
    assert done.status_code == 302
    assert Account.objects.get().check_password(NEW)


def test_whoever_used_the_last_link_is_sent_another_that_day(
    clock: time_machine.Traveller,
) -> None:
    flood(RESET, clock)
    Visitor().client.post(RESET.link(), {"password": NEW})
    before = sent()
    RESET.ask()
    RESET.ask()
    assert sent() == before + 1
    assert works(RESET.link())


def test_one_that_did_not_arrive_is_sent_again(form: Page, clock: time_machine.Traveller) -> None:
    flood(form, clock)
    newest = OutboundMessage.objects.filter(state="sent").latest("created_at")
    OutboundMessage.objects.filter(pk=newest.pk).update(state="failed")
    before = sent()
    form.ask()
    assert sent() == before + 1


def test_mails_to_one_mailbox_are_counted_however_it_is_asked_for(form: Page) -> None:
    for typed in (ANN, NAME, ANN.upper(), "ann@exam\u200bple.org", NAME.upper(), ANN, NAME, ANN):
        form.ask(typed)
        post.send()
    assert sent() == form.hourly.amount


def test_mails_to_one_mailbox_neither_use_up_nor_end_those_to_another(
    form: Page, clock: time_machine.Traveller
) -> None:
    flood(form, clock)
    owners = form.link()
    flood_at = sent(OTHER)
    form.ask(OTHER)
    assert sent(OTHER) == flood_at + 1
    assert works(owners)
    assert works(form.link())


def test_a_new_password_ends_the_links_that_other_mailboxes_have(
    clock: time_machine.Traveller,
) -> None:
    RESET.ask(OTHER)
    others = RESET.link()
    RESET.ask()
    clock.shift(MINUTE)
    Visitor().client.post(RESET.link(), {"password": NEW})
    assert not works(others)
    Visitor().client.post(others, {"password": "another lantern orchard"})
    assert Account.objects.get().check_password(NEW)


@pytest.mark.parametrize("typed", ["nobody@example.org", "nobody"])
def test_what_is_full_looks_and_costs_the_same_for_nobody(form: Page, typed: str) -> None:
    told = []
    for name in (ANN, typed):
        for _time in range(form.hourly.amount):
            form.ask(name)
        with statements() as sql:
            answer = form.ask(name)
        text = Visitor().get(answer["Location"]).content.decode()
        told.append((answer.status_code, answer["Location"], "open the newest" in text, sql))
    assert told[0] == told[1]
    assert told[0][2] is True


def test_an_address_that_nobody_has_gets_no_more_either(
    form: Page, clock: time_machine.Traveller
) -> None:
    flood(form, clock, "nobody@example.org")
    assert sent("nobody@example.org") == form.daily.amount
    clock.shift(DAY)
    form.ask("nobody@example.org")
    assert sent("nobody@example.org") == form.daily.amount + 1
