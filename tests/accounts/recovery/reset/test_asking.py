"""Asking for a new password: one page for everybody, and the mail knows the rest."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, EmailAddress, OutboundMessage
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.reset.forgetful import Forgetful
from tests.accounts.visitor import Visitor, counted_hashes, statements
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"


def nobody() -> None:
    """Nobody has the address or the name."""


def known() -> None:
    """One account has the address and the name."""
    factories.account(ADDRESS, password=PASSWORD)
    factories.account("ben@example.org", sign_in_name="ann.example", password=PASSWORD)


def shared() -> None:
    """Two accounts have the address, and so does the name."""
    factories.account(ADDRESS)
    factories.account(ADDRESS, sign_in_name="ann.example")


def without_password() -> None:
    """The account has a passkey alone."""
    factories.account(ADDRESS)
    factories.account("ben@example.org", sign_in_name="ann.example")


def unsafe() -> None:
    """Its owner marked the address unsafe, and the other account's too."""
    known()
    EmailAddress.objects.update(unsafe_since=timezone.now())


def suspended() -> None:
    """The account is suspended."""
    known()
    Account.objects.update(status=Account.Status.SUSPENDED)


def cost(typed: str) -> tuple[object, ...]:
    """Return what asking costs and shows."""
    browser = Forgetful()
    with counted_hashes() as hashes, statements() as queries:
        response = browser.ask(typed)
    page = browser.client.get(response["Location"]).content.decode()
    page = re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}", "…", page)
    queued = OutboundMessage.objects.count()
    OutboundMessage.objects.all().delete()
    return response.status_code, response["Location"], page, hashes.call_count, queries, queued


@pytest.mark.parametrize("typed", [ADDRESS, "ann.example"])
@pytest.mark.parametrize("prepare", [known, shared, suspended, without_password, unsafe])
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
        (nobody, "There is no account with it"),
        (known, "To choose a new password"),
        (shared, "More than one account uses this address"),
        (suspended, "cannot be changed by email at the moment"),
        (without_password, "shows the ways that it has"),
    ],
)
def test_the_mail_says_what_can_be_done(prepare: Callable[[], None], words: str) -> None:
    prepare()
    Forgetful().ask(ADDRESS)
    assert post.newest().to == ADDRESS
    assert words in post.newest().text


def test_a_shared_mailbox_gets_the_phone_and_a_help_code_and_no_link() -> None:
    shared()
    Forgetful().ask(ADDRESS)
    text = post.newest().text
    assert "020 7946 0000" in text
    assert re.search(r"help code of this message is [A-Z0-9]{4}-[A-Z0-9]{4}", text)
    assert "/reset-password/" not in text


def test_a_sign_in_name_is_mailed_to_its_accounts_address() -> None:
    known()
    Forgetful().link("Ann.Example")
    assert post.newest().to == "ben@example.org"


def test_a_sign_in_name_with_a_shared_mailbox_is_not_reset_either() -> None:
    shared()
    Forgetful().ask("ann.example")
    assert "More than one account uses this address" in post.newest().text


def test_a_name_that_nobody_has_mails_nobody() -> None:
    Forgetful().ask("nobody.at.all")
    assert post.letters() == []
    assert OutboundMessage.objects.get().state == "dropped"


@pytest.mark.parametrize("typed", [ADDRESS, "ann.example"])
def test_nothing_is_sent_to_an_address_marked_unsafe(typed: str) -> None:
    unsafe()
    Forgetful().ask(typed)
    assert post.letters() == []


def test_a_name_whose_main_address_is_unsafe_is_mailed_to_another() -> None:
    ann = factories.account(ADDRESS, password=PASSWORD)
    EmailAddress.objects.update(unsafe_since=timezone.now())
    factories.email_address(ann, "new@example.net", is_primary=False)
    Forgetful().link(ADDRESS)
    assert post.newest().to == "new@example.net"


def test_the_mail_goes_to_the_address_as_it_was_confirmed_not_as_it_was_typed() -> None:
    factories.account("ann@example.org", password=PASSWORD)
    Forgetful().ask("ANN@EXAMPLE.ORG")
    assert post.newest().to == "ann@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "ann@example.org\r\nBcc: eve@example.org",
        "ann@localhost",
        "ann@[127.0.0.1]",
        "a" * 254,
        "ﷺ" * 200,
        f"{'x' * 200}@{'ﷺ' * 3}.org",
        "' OR 1=1 --",
        "\ud7ff￾",
    ],
)
def test_what_is_no_address_mails_nobody(typed: str) -> None:
    assert Forgetful().ask(typed).status_code == 302
    assert post.letters() == []


@pytest.mark.parametrize(
    "typed, words",
    [
        ("", "Enter your email address or sign-in name"),
        ("a" * 255, "254 characters or fewer"),
        ("ann\x00@example.org", "hidden characters"),
    ],
)
def test_what_cannot_be_a_name_is_refused(typed: str, words: str) -> None:
    assert words in Forgetful().ask(typed).content.decode()
    assert not OutboundMessage.objects.exists()


def test_hidden_characters_do_not_multiply_the_mails_to_one_mailbox() -> None:
    known()
    for place in range(6):
        Forgetful().ask(f"ann@{'example.org'[:place]}\u200b{'example.org'[place:]}")
    assert OutboundMessage.objects.exclude(address="").count() == 5


def test_a_forged_host_steers_no_mailed_link(settings: Settings) -> None:
    known()
    settings.ALLOWED_HOSTS = ["*"]
    Client(headers={"host": "evil.example"}).post("/reset-password", {"sign_in_name": ADDRESS})
    assert "evil.example" not in post.newest().text + post.newest().html


def test_the_way_back_leads_to_the_sign_in_that_it_came_from() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    page = visitor.get(f"/reset-password?flow={flow}").content.decode()
    assert f"/sign-in?flow={flow}" in page
    response = visitor.client.post("/reset-password", {"sign_in_name": ADDRESS, "flow": flow})
    assert f"/sign-in?flow={flow}" in visitor.get(response["Location"]).content.decode()
