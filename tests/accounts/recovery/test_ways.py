"""Asking how to get back in: one page for everybody, and the mail knows the rest."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, EmailAddress, OutboundMessage, RecoveryRequest
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber
from tests.accounts.visitor import counted_hashes, statements
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"


def known() -> None:
    """One account has the address, another the name."""
    factories.account(ADDRESS, password=PASSWORD)
    factories.account("ben@example.org", sign_in_name="ann.example", password=PASSWORD)


def shared() -> None:
    """Two accounts have the address, neither as its name."""
    factories.account(ADDRESS, sign_in_name="ann.example")
    factories.account(ADDRESS, sign_in_name="ben.example")


def stopped() -> None:
    known()
    Account.objects.update(status=Account.Status.SUSPENDED)


def frozen() -> None:
    known()
    Account.objects.update(status=Account.Status.FROZEN)


def unsafe() -> None:
    known()
    EmailAddress.objects.update(unsafe_since=timezone.now())


def cost(typed: str) -> tuple[object, ...]:
    """Return what asking costs and shows."""
    browser = Climber()
    with counted_hashes() as hashes, statements() as queries:
        response = browser.ask(typed)
    page = browser.client.get(response["Location"]).content.decode()
    page = re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}|flow=[\w-]{43}", "…", page)
    queued = OutboundMessage.objects.count()
    OutboundMessage.objects.all().delete()
    return response.status_code, response["Location"], page, hashes.call_count, queries, queued


@pytest.mark.parametrize("typed", [ADDRESS, "ann.example"])
@pytest.mark.parametrize("prepare", [known, shared, stopped, frozen, unsafe])
def test_asking_costs_and_shows_what_it_does_for_nobody(
    prepare: Callable[[], None], typed: str
) -> None:
    expected = cost(typed)
    prepare()
    assert cost(typed) == expected


def test_a_name_and_an_address_cost_the_same() -> None:
    assert cost(ADDRESS) == cost("ann.example")


@pytest.mark.parametrize(
    "prepare, words",
    [
        (lambda: None, "There is no account with it"),
        (known, "shows the ways that it has"),
        (shared, "More than one account uses this address"),
        (stopped, "cannot be used at the moment"),
        (frozen, "shows the ways that it has"),
    ],
)
def test_the_mail_says_what_can_be_done(prepare: Callable[[], None], words: str) -> None:
    prepare()
    Climber().ask(ADDRESS)
    assert post.newest().to == ADDRESS
    assert words in post.newest().text


def test_who_shares_a_mailbox_is_found_by_the_sign_in_name() -> None:
    shared()
    assert Climber().token("ben.example")


def test_an_unsafe_address_is_told_nothing_and_its_old_link_is_dead() -> None:
    known()
    climber = Climber()
    token = climber.token(ADDRESS)
    EmailAddress.objects.update(unsafe_since=timezone.now())
    before = len(post.letters())
    climber.ask(ADDRESS)
    assert len(post.letters()) == before
    for page in ("ways", "password", "code", "post"):
        assert climber.client.get(f"/get-back-in/{page}/{token}").status_code == 404


@pytest.mark.parametrize(
    "columns, shown, hidden",
    [
        ({"password": PASSWORD}, ["forgotten", "I know my password", "I have a code"], ["Post me"]),
        ({}, ["I have a code"], ["forgotten", "I know my password", "Post me"]),
        (
            {"password": PASSWORD, "status": "frozen"},
            ["I have a code"],
            ["forgotten", "I know my password", "Post me"],
        ),
    ],
)
def test_the_page_behind_the_link_shows_the_ways_that_the_account_has(
    columns: dict[str, str], shown: list[str], hidden: list[str]
) -> None:
    factories.account(ADDRESS, **columns)
    climber = Climber()
    page = climber.client.get(f"/get-back-in/ways/{climber.token(ADDRESS)}").content.decode()
    assert [words for words in shown if words not in page] == []
    assert [words for words in hidden if words in page] == []


@pytest.mark.parametrize("name", ["ways", "code"])
def test_letters_are_spoken_of_only_where_they_are_sent(name: str, settings: Settings) -> None:
    known()
    climber = Climber()
    address = f"/get-back-in/{name}/{climber.token(ADDRESS)}"
    assert " letter " not in climber.client.get(address).content.decode()
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    assert " letter " in climber.client.get(address).content.decode()


def test_a_shared_mailbox_is_offered_no_new_password_by_mail() -> None:
    factories.account(ADDRESS, password=PASSWORD)
    factories.account(ADDRESS, sign_in_name="ben.example")
    climber = Climber()
    page = climber.client.get(f"/get-back-in/ways/{climber.token(ADDRESS)}").content.decode()
    assert "forgotten my password" not in page


def test_opening_the_links_pages_changes_nothing() -> None:
    known()
    climber = Climber()
    token = climber.token(ADDRESS)
    before = list(Account.objects.values()), list(OutboundMessage.objects.values())
    for page in ("ways", "password", "code"):
        for _look in range(2):
            assert climber.client.get(f"/get-back-in/{page}/{token}").status_code == 200
    assert (list(Account.objects.values()), list(OutboundMessage.objects.values())) == before
    assert not RecoveryRequest.objects.exists()


@pytest.mark.parametrize("page", ["ways", "password", "code", "post", "stop", "go-on"])
@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "%ff", "a" * 5000, "%ed%a0%80"])
def test_a_link_that_was_never_sent_is_a_plain_page(page: str, token: str) -> None:
    client = Climber().client
    values = {"password": "x\x00", "code": "\ud7ff"}
    address = f"/get-back-in/{page}/{token}"
    assert client.get(address).status_code == 404
    expected = 405 if page == "ways" else 404
    assert client.post(address, values).status_code == expected


@pytest.mark.parametrize("typed", ["", "a" * 255, "ann\x00@example.org"])
def test_what_cannot_be_a_name_is_refused(typed: str) -> None:
    assert Climber().ask(typed).status_code == 200
    assert not OutboundMessage.objects.exists()


def test_a_link_for_a_new_password_opens_no_way_back_nor_the_other_way_round() -> None:
    known()
    climber = Climber()
    token = climber.token(ADDRESS)
    assert climber.client.get(f"/reset-password/{token}").status_code == 404
    for page in ("stop", "go-on"):
        assert climber.client.get(f"/get-back-in/{page}/{token}").status_code == 404


def test_the_page_says_how_long_each_way_takes_here(settings: Settings) -> None:
    settings.RECOVERY_PASSWORD_WAIT = timedelta(hours=73)
    settings.RECOVERY_COUNTER_WAIT = timedelta(hours=24)
    known()
    climber = Climber()
    page = climber.client.get(f"/get-back-in/ways/{climber.token(ADDRESS)}").content.decode()
    assert "Takes 4 days." in page
    assert "Takes 1 day. To get a code" in page
