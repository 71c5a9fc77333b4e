"""An address that somebody has: the same outside, another mail, and an account of one's own."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from pytest_django import Settings

from accounts.models import Account, EmailAddress, OutboundMessage, PendingSignUp
from tests import factories
from tests.accounts import post
from tests.accounts.signup.browser import Browser, wide
from tests.accounts.visitor import counted_hashes, statements

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"


def free() -> None:
    """Nobody has the address."""


def known() -> None:
    """One account has the address."""
    factories.account(ADDRESS)


def full() -> None:
    """As many accounts as may be have the address."""
    for number in range(5):
        factories.account(ADDRESS, sign_in_name=f"resident-{number}")


every_use = pytest.mark.parametrize("use", [free, known, full])


def plain(content: bytes) -> str:
    """Return a page without what differs at every request: ids, codes, security values."""
    return re.sub(r"[A-Za-z0-9_-]{40,}|[A-Z0-9]{4}-[A-Z0-9]{4}", "…", content.decode())


@pytest.fixture
def expected() -> dict[str, object]:
    """What an unknown address costs and shows, to compare with."""
    return observed(free)


def observed(prepare: Callable[[], None]) -> dict[str, object]:
    prepare()
    browser = Browser()
    flow = browser.flow()
    steps: dict[str, Callable[[], object]] = {
        "begin": lambda: browser.begin(ADDRESS, flow),
        "look": browser.look,
        "status": browser.standing,
        "code": lambda: browser.type_code("314159"),
        "again": browser.send_again,
        "early": lambda: browser.client.get(browser.page("details")),
    }
    seen: dict[str, object] = {}
    for name, step in steps.items():
        queued = OutboundMessage.objects.count()
        with counted_hashes() as hashes, statements() as queries:
            answer = step()
        content = plain(getattr(answer, "content", b""))
        status = getattr(answer, "status_code", answer)
        cost = (hashes.call_count, tuple(queries), OutboundMessage.objects.count() - queued)
        seen[name] = (status, content, cost)
    OutboundMessage.objects.all().delete()
    PendingSignUp.objects.all().delete()
    Account.objects.all().delete()
    return seen


@pytest.mark.parametrize("use", [known, full])
def test_every_page_costs_and_shows_what_it_does_for_an_unknown_address(
    expected: dict[str, object], use: Callable[[], None]
) -> None:
    assert observed(use) == expected


@every_use
def test_one_mail_goes_to_the_address(use: Callable[[], None]) -> None:
    use()
    Browser().begin(ADDRESS)
    post.send()
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert mail.outbox[0].subject == "Confirm your email address"


def test_the_mail_offers_to_sign_in_or_to_make_a_separate_account() -> None:
    known()
    Browser().begin(ADDRESS)
    text = post.newest().text
    assert "http://localhost:8000/sign-in\n" in text
    assert "If you share this mailbox" in text
    assert post.newest().path("/sign-up/confirm/")


def test_whoever_shares_the_mailbox_chooses_a_sign_in_name() -> None:
    known()
    browser = Browser()
    browser.begin(ADDRESS)
    browser.type_code(post.newest().code)
    page = browser.client.get(browser.page("details")).content.decode()
    assert "Somebody already has an account with" in page
    assert "Sign-in name" in page
    browser.finish(sign_in_name="ben.example")
    assert browser.is_signed_in()
    assert EmailAddress.objects.filter(address=ADDRESS).count() == 2
    assert Account.objects.filter(sign_in_key="ben.example").exists()


@pytest.mark.parametrize(
    "name, words",
    [
        ("", "Choose a sign-in name"),
        ("ab", "between 3 and 60"),
        ("a" * 61, "between 3 and 60"),
        ("ben example", "letters, numbers, dots"),
        ("<b>ben</b>", "letters, numbers, dots"),
        ("somebody@example.org", "not an email address"),
        (wide("somebody@example.org"), "not an email address"),
        ("TAKEN", "Somebody has this one"),
        (wide("taken"), "Somebody has this one"),
    ],
)
def test_a_name_that_cannot_be_had_is_refused_with_the_reason(name: str, words: str) -> None:
    known()
    factories.account(sign_in_name="taken")
    browser = Browser()
    browser.begin(ADDRESS)
    browser.type_code(post.newest().code)
    assert words in browser.finish(sign_in_name=name).content.decode()
    assert Account.objects.count() == 2


def test_at_the_most_accounts_the_mail_says_so_and_no_code_works() -> None:
    full()
    browser = Browser()
    browser.begin(ADDRESS)
    text = post.newest().text
    assert "as many accounts as we allow" in text
    assert not re.search(r"\b\d{6}\b|/sign-up/confirm/", text)
    browser.type_code("000000")
    assert browser.standing() == "waiting"


def test_the_most_accounts_are_counted_again_when_the_account_is_made(
    settings: Settings,
) -> None:
    settings.ACCOUNTS_PER_ADDRESS = 1
    browser = Browser()
    browser.begin(ADDRESS)
    browser.type_code(post.newest().code)
    known()
    response = browser.finish(sign_in_name="ben.example")
    assert response.status_code == 409
    assert Account.objects.count() == 1


def test_of_two_sign_ups_of_one_address_the_second_is_asked_for_a_name() -> None:
    first, second = Browser(), Browser()
    for browser in (first, second):
        browser.begin(ADDRESS)
        browser.type_code(post.newest().code)
    first.finish()
    page = second.finish()
    assert "Choose a sign-in name" in page.content.decode()
    assert Account.objects.count() == 1
    second.finish(sign_in_name="ben.example")
    assert Account.objects.count() == 2


def test_a_sign_in_name_that_only_looks_like_the_address_is_not_given_twice() -> None:
    factories.account("other@example.org", sign_in_name="ANN@example.org")
    browser = Browser()
    browser.begin(ADDRESS)
    browser.type_code(post.newest().code)
    assert "Choose a sign-in name" in browser.finish().content.decode()
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    "spelling",
    ["ANN@EXAMPLE.ORG", " ann@example.org ", f"ann@{wide('example')}.org", "Ann@Example.Org"],
)
def test_an_address_is_known_however_it_is_spelt(spelling: str) -> None:
    known()
    Browser().begin(spelling)
    assert OutboundMessage.objects.get().template == "sign_up_known_address"


def test_two_spellings_of_one_foreign_domain_are_one_address() -> None:
    factories.account("ann@xn--bcher-kva.example")
    Browser().begin("ann@bücher.example")
    assert OutboundMessage.objects.get().template == "sign_up_known_address"


def test_an_address_with_a_plus_is_an_address_of_its_own() -> None:
    known()
    Browser().begin("ann+council@example.org")
    assert OutboundMessage.objects.get().template == "sign_up"
