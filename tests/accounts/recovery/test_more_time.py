"""The pages behind a mailed link last half an hour, and longer at one press (WCAG 2.2 §2.2.1)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, EmailAddress, OutboundMessage
from tests import factories
from tests.accounts.recovery.climber import Climber
from tests.accounts.recovery.reset.forgetful import NEW, Forgetful
from tests.accounts.recovery.test_codes import live_at
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

# In summer, when London is an hour ahead.
NOON = datetime(2027, 7, 10, 12, 0, tzinfo=UTC)
ANN = "ann@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ann(clock: time_machine.Traveller) -> Account:
    del clock
    return factories.account(ANN, password=PASSWORD)


@pytest.fixture
def link(ann: Account) -> str:
    return Forgetful().link(ann.sign_in_name)


def more(browser: Forgetful, link: str, **headers: str) -> str:
    return str(browser.client.post(f"{link}/more-time", headers=headers)["Location"])


def opens(browser: Forgetful, link: str) -> bool:
    return bool(browser.client.get(link).status_code == 200)


def test_the_page_says_until_when_and_the_button_opens_a_tab_of_its_own(link: str) -> None:
    page = Forgetful().client.get(link).content.decode()
    assert "data-staying-time>1:30pm<" in page
    assert "Give me more time" in page
    assert f'action="{link}/more-time" target="_blank"' in page
    assert "staying.js" in page


def test_pressed_ten_times_it_still_leads_on(
    clock: time_machine.Traveller, ann: Account, link: str
) -> None:
    browser = Forgetful()
    for _time in range(10):
        clock.shift(29 * MINUTE)
        assert more(browser, link) == f"{link}/more-time"
    clock.shift(29 * MINUTE)
    assert browser.choose(link)["Location"] == "/reset-password/done"
    ann.refresh_from_db()
    assert ann.check_password(NEW)


def test_without_scripts_a_page_says_until_when(clock: time_machine.Traveller, link: str) -> None:
    browser = Forgetful()
    clock.shift(20 * MINUTE)
    page = browser.client.get(more(browser, link)).content.decode()
    assert "You have until 1:50pm" in page


def test_a_script_is_told_until_when(clock: time_machine.Traveller, link: str) -> None:
    clock.shift(20 * MINUTE)
    as_script = {"accept": "application/json"}
    answer = Forgetful().client.post(f"{link}/more-time", headers=as_script)
    assert answer.json() == {"seconds": 1800, "until": "1:50pm"}


def test_it_can_be_put_off_only_so_far(clock: time_machine.Traveller, link: str) -> None:
    browser, last = Forgetful(), NOON + 11 * 30 * MINUTE
    while timezone.now() + 29 * MINUTE < last:
        more(browser, link)
        clock.shift(29 * MINUTE)
    more(browser, link)
    page = browser.client.get(link).content.decode()
    assert "Give me more time" not in page
    assert "You have until 6:30pm to do this." in page
    clock.move_to(last)
    assert not opens(browser, link)


def test_what_has_ended_does_not_come_back(
    clock: time_machine.Traveller, ann: Account, link: str
) -> None:
    browser = Forgetful()
    clock.shift(30 * MINUTE)
    assert more(browser, link) == link
    assert "too old" in browser.client.get(link).content.decode()
    assert browser.choose(link).status_code == 404
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_whoever_finds_the_mail_later_gains_nothing_by_it(
    clock: time_machine.Traveller, ann: Account, link: str
) -> None:
    owner, thief = Forgetful(), Forgetful()
    clock.shift(20 * MINUTE)
    more(owner, link)
    clock.shift(11 * MINUTE)
    assert opens(owner, link)
    assert not opens(thief, link)
    assert more(thief, link) == link
    assert thief.choose(link).status_code == 404
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)
    owner.choose(link)
    ann.refresh_from_db()
    assert ann.check_password(NEW)


def test_opening_the_page_as_a_mail_scanner_does_puts_nothing_off(
    clock: time_machine.Traveller, link: str
) -> None:
    browser = Forgetful()
    clock.shift(20 * MINUTE)
    assert opens(browser, f"{link}/more-time")
    clock.shift(11 * MINUTE)
    assert not opens(browser, link)


@pytest.mark.parametrize("what", ["used", "newer", "new_password", "unsafe", "suspended"])
def test_what_makes_a_link_void_does_so_although_it_was_kept_open(
    clock: time_machine.Traveller, ann: Account, link: str, what: str
) -> None:
    browser = Forgetful()
    more(browser, link)
    clock.shift(20 * MINUTE)
    if what == "used":
        browser.choose(link)
    elif what == "newer":
        Forgetful().link(ANN)
    elif what == "new_password":
        Account.objects.update(password_changed_at=timezone.now())
    elif what == "unsafe":
        EmailAddress.objects.update(unsafe_since=timezone.now())
    else:
        Account.objects.update(status=Account.Status.SUSPENDED)
    assert browser.choose(link, "another lantern orchard").status_code == 404
    ann.refresh_from_db()
    assert not ann.check_password("another lantern orchard")


@pytest.mark.parametrize("page", ["ways", "password", "code", "post"])
def test_the_pages_of_the_ways_back_have_more_time_too(
    clock: time_machine.Traveller, ann: Account, settings: Settings, page: str
) -> None:
    if page == "post":
        settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
        live_at(ann)
    browser = Climber()
    token = browser.token(ANN)
    address = f"/get-back-in/{page}/{token}"
    button = f'action="/get-back-in/ways/{token}/more-time" target="_blank"'
    assert button in browser.client.get(address).content.decode()
    clock.shift(29 * MINUTE)
    browser.client.post(f"/get-back-in/ways/{token}/more-time")
    clock.shift(29 * MINUTE)
    assert browser.client.get(address).status_code == 200
    assert Climber().client.get(address).status_code == 404


def test_a_token_of_one_page_gives_the_other_no_time(link: str) -> None:
    token = link.rpartition("/")[2]
    answer = Forgetful().client.post(f"/get-back-in/ways/{token}/more-time")
    assert answer["Location"] == f"/get-back-in/ways/{token}"
    assert not OutboundMessage.objects.exclude(kept_open_until=None).exists()
