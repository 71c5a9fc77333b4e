"""Whoever meets a full limit on what an account, sign-up or recovery does is told how long.

Each act is whole: where its window outlasts a session, it signs in again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from accounts.limits import operations as limits
from accounts.limits import table
from accounts.limits.table import Limit
from accounts.models import (
    Account,
    Authenticator,
    NumberedCode,
    PendingSignIn,
    PendingSignUp,
    Phone,
    PostalAddress,
)
from tests.accounts import post
from tests.accounts.limits.filling import fill
from tests.accounts.mfa.owner import WAYS, Owner
from tests.accounts.profile.emails import resident
from tests.accounts.recovery.climber import Climber
from tests.accounts.safety import guide
from tests.accounts.safety.resident import Resident as Parted
from tests.accounts.signin.second_step.two_steps import ANN, TwoSteps
from tests.accounts.signup.browser import Browser
from tests.accounts.visitor import Response
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

HERE = "127.0.0.1"
PLACE = "192.0.2.1"
NUMBER, TYPED = "+447700900123", "07700 900123"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=60)
FEW_LEFT = 55


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@dataclass
class Tried:
    """Ann, and what counts her tries."""

    account: Account
    act: Callable[[], Response]
    keys: tuple[str, ...]


def _ann(**columns: object) -> Account:
    return people.account(ANN, password=people.PASSWORD, **columns)


def _pk(account: Account) -> tuple[str]:
    return (str(account.pk),)


def sign_up_code() -> Tried:
    browser = Browser()
    browser.begin("new@example.org")
    keys = (PendingSignUp.objects.get().pk,)
    return Tried(_ann(), lambda: browser.type_code("000000"), keys)


def sign_up_details() -> Tried:
    browser = Browser()
    browser.begin("new@example.org")
    browser.type_code(post.newest().code)
    return Tried(_ann(), browser.finish, (HERE,))


def email_change() -> Tried:
    account = _ann()

    def act() -> Response:
        return resident.Resident(account).post("/account/emails/add", email=resident.NEW)

    return Tried(account, act, _pk(account))


def email_change_code() -> Tried:
    account = _ann()

    def act() -> Response:
        ann = resident.Resident(account)
        return ann.post(ann.ask("add"), code="000000")

    return Tried(account, act, _pk(account))


def leaving_mail() -> Tried:
    account = _ann()
    way = ways.way(account, "app", created_at=LONG_AGO)

    def act() -> Response:
        ann = Parted(account, ways=(way,))
        guide.begin(ann)
        guide.answer(ann, guide.email_step(account, ANN), fate="remove")
        return guide.answer(ann, "new-email", address=guide.NEW)

    return Tried(account, act, _pk(account))


def phone_text() -> Tried:
    account = _ann()
    return Tried(
        account,
        lambda: resident.Resident(account).post("/account/phone", number=TYPED),
        _pk(account),
    )


def phone_number_text() -> Tried:
    return Tried(**{**vars(phone_text()), "keys": (NUMBER,)})


def phone_code() -> Tried:
    account = _ann()

    def act() -> Response:
        ann = resident.Resident(account)
        ann.post("/account/phone", number=TYPED)
        return ann.post("/account/phone/confirm", code="000000")

    return Tried(account, act, _pk(account))


def recovery_guess() -> Tried:
    account = _ann()

    def act() -> Response:
        return Climber().know_password(ANN, "wrong kettle marathon")

    return Tried(account, act, (*_pk(account), HERE))


def recovery_guess_anywhere() -> Tried:
    tried = recovery_guess()
    return Tried(tried.account, tried.act, _pk(tried.account))


def _at_home(account: Account) -> None:
    PostalAddress.objects.create(
        account=account,
        lines="1 High Street",
        postcode="EX1 1AA",
        changed_at=LONG_AGO,
        checked_at=LONG_AGO,
    )


def recovery_letter() -> Tried:
    account = _ann()
    _at_home(account)

    def act() -> Response:
        climber = Climber()
        return climber.client.post(f"/get-back-in/post/{climber.token(ANN)}")

    return Tried(account, act, _pk(account))


def sheet_letter() -> Tried:
    account = _ann()
    _at_home(account)
    app = ways.app(account, created_at=LONG_AGO)
    ways.sheet(account, created_at=LONG_AGO)
    NumberedCode.objects.filter(number__lte=FEW_LEFT).update(used_at=LONG_AGO)

    def act() -> Response:
        return Owner(account, app=app).client.post(f"{WAYS}/code-sheet/post")

    return Tried(account, act, _pk(account))


def _with_texts() -> Account:
    account = _ann()
    ways.app(account)
    ways.way(account, Authenticator.Kind.TEXT_MESSAGE)
    Phone.objects.create(account=account, number=NUMBER, confirmed_at=NOON)
    return account


def _send_text(browser: TwoSteps, proved: str = "") -> Response:
    browser.first_step(mailbox_proved_key=proved)
    return browser.client.post("/sign-in/text-message/send", {"flow": browser.flow})


def text_message() -> Tried:
    account = _with_texts()
    return Tried(account, lambda: _send_text(TwoSteps()), _pk(account))


def text_message_with_mail() -> Tried:
    account = _with_texts()
    return Tried(account, lambda: _send_text(TwoSteps(), account.sign_in_key), _pk(account))


def text_message_in_own_browser() -> Tried:
    account, browser = _with_texts(), TwoSteps()
    browser.first_step()
    here = PendingSignIn.objects.get(pk=browser.flow).browser_hash
    limits.remember(table.OWN_BROWSER, str(account.pk), here, "None")
    return Tried(account, lambda: _send_text(browser), (str(account.pk), here))


def second_step_with_mail() -> Tried:
    account = _ann()
    ways.app(account)

    def act() -> Response:
        browser = TwoSteps(network=PLACE)
        browser.first_step(mailbox_proved_key=account.sign_in_key)
        return browser.type("app", "000000")

    return Tried(account, act, (*_pk(account), "app"))


@pytest.mark.parametrize(
    "limit, prepare",
    [
        (table.SIGN_UP_CODE, sign_up_code),
        (table.SIGN_UP_DETAILS_NETWORK, sign_up_details),
        (table.EMAIL_CHANGE, email_change),
        (table.EMAIL_CHANGE_CODE, email_change_code),
        (table.LEAVING_MAIL, leaving_mail),
        (table.PHONE_TEXT, phone_text),
        (table.PHONE_NUMBER_TEXT, phone_number_text),
        (table.PHONE_CODE, phone_code),
        (table.RECOVERY_GUESS, recovery_guess),
        (table.RECOVERY_GUESS_ACCOUNT, recovery_guess_anywhere),
        (table.RECOVERY_LETTER, recovery_letter),
        (table.SHEET_LETTER, sheet_letter),
        (table.TEXT_MESSAGE, text_message),
        (table.TEXT_MESSAGE_DAILY, text_message),
        (table.TEXT_MESSAGE_MAILED, text_message_with_mail),
        (table.TEXT_MESSAGE_MAILED_DAILY, text_message_with_mail),
        (table.TEXT_MESSAGE_OWN, text_message_in_own_browser),
        (table.TEXT_MESSAGE_OWN_DAILY, text_message_in_own_browser),
        (table.SECOND_STEP_MAILED, second_step_with_mail),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_full_limit_says_how_long_and_the_next_window_is_free(
    clock: time_machine.Traveller, limit: Limit, prepare: Callable[[], Tried]
) -> None:
    tried = prepare()
    fill(limit, *tried.keys)
    refused = tried.act()
    page = refused.content.decode()
    assert refused.status_code == 429
    # The clock goes on, by less than a minute.
    assert 0 <= limit.window.total_seconds() - int(refused["Retry-After"]) < 60
    assert "You can carry on at" in page or "Too many codes were wrong" in page
    assert "If you cannot wait" in page or "I have lost my phone" in page
    clock.shift(limit.window)
    assert tried.act().status_code in {200, 302, 303}


def test_a_full_limit_on_look_ups_lets_addresses_be_typed_and_the_next_window_is_free(
    clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.ADDRESS_LOOKUP = "accounts.profile.postal.demo_lookup.DemoLookup"
    account = _ann()
    fill(table.ADDRESS_LOOKUP, *_pk(account))
    unable = "We cannot look up addresses at the moment"
    asked = {"postcode": "ZZ1 1AA"}
    page = resident.Resident(account).post("/account/address", **asked)
    assert unable in page.content.decode()
    clock.shift(table.ADDRESS_LOOKUP.window)
    page = resident.Resident(account).post("/account/address", **asked)
    assert unable not in page.content.decode()
