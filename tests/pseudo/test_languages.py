"""Who is shown and sent which of two languages, told by the words themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import SYSTEM, resident
from accounts.letters import operations as letters
from accounts.letters.contents import recovery_letter
from accounts.letters.delivery import Written
from accounts.letters.paper import Page
from accounts.mfa.posted_sheets import letter as posted_sheets
from accounts.mfa.text_messages import operations as text_messages
from accounts.models import (
    Account,
    Authenticator,
    Inactivity,
    Letter,
    NumberedCode,
    Phone,
    PostalAddress,
    RecoveryRequest,
    TextMessage,
)
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.unused import contents as unused
from tests import factories
from tests.accounts import post
from tests.accounts.texts import phone
from tests.factories import ways
from tests.protocol.resident import Resident, Response, heading
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.stretching import stretched

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("two_languages")]

ANN = "ann@example.org"
ENGLISH = "en-gb"


@pytest.fixture
def account() -> Account:
    """Return somebody who reads the made-up language."""
    return factories.account(ANN, password=factories.PASSWORD, language=LANGUAGE)


def reader(chosen: str = "") -> Resident:
    """Return a browser in which this language was chosen, or none."""
    browser = Resident()
    if chosen:
        browser.client.cookies[configured.LANGUAGE_COOKIE_NAME] = chosen
    return browser


def is_made_up(page: Response) -> bool:
    """Say whether the page is in the made-up language, and its parts agree about it."""
    html = page.content.decode()
    made_up = stretched("Skip to main content") in html
    assert made_up != ("Skip to main content" in html)
    assert f'<html lang="{LANGUAGE if made_up else ENGLISH}"' in html
    return made_up


class TestUiLocales:
    """OIDC Core §3.1.2.1: `ui_locales`, preferred languages separated by spaces."""

    @pytest.mark.parametrize(
        "wish, made_up",
        [
            (LANGUAGE, True),
            (f"xx {LANGUAGE} {ENGLISH}", True),
            (f"{ENGLISH} {LANGUAGE}", False),
            ("xx yy-YY", False),
            (None, False),
        ],
    )
    def test_a_stranger_reads_the_first_language_that_we_have(
        self, wish: str | None, *, made_up: bool
    ) -> None:
        page = reader().ask(factories.application(), ui_locales=wish)
        assert heading(page) == (
            stretched("Sign in to {name}").format(name="Council Tax")
            if made_up
            else "Sign in to Council Tax"
        )
        assert is_made_up(page) is made_up

    @pytest.mark.parametrize("wish, chosen", [(LANGUAGE, ENGLISH), (ENGLISH, LANGUAGE)])
    def test_it_comes_before_what_browser_and_account_chose(self, wish: str, chosen: str) -> None:
        account = factories.account(ANN, password=factories.PASSWORD, language=chosen)
        browser, application = reader(chosen), factories.application()
        page = browser.ask(application, ui_locales=wish)
        assert is_made_up(page) is (wish == LANGUAGE)
        page = browser.password(page, account)
        assert page.wsgi_request.path == "/consent"
        assert is_made_up(page) is (wish == LANGUAGE)
        assert is_made_up(browser.get("/account")) is (chosen == LANGUAGE)

    def test_a_sign_up_on_its_way_is_mailed_in_it(self) -> None:
        browser = reader()
        page = browser.ask(factories.application(), ui_locales=LANGUAGE)
        flow = page.wsgi_request.GET["flow"]
        browser.press(browser.get(f"/sign-up?flow={flow}"), "continue", email=ANN)
        assert_made_up(post.newest())


class TestAccount:
    """The account's language."""

    def test_decides_where_the_browser_chose_nothing(self, account: Account) -> None:
        browser = reader()
        assert not is_made_up(browser.get("/help/contact"))
        browser.sign_in(account)
        assert is_made_up(browser.get("/account"))

    def test_gives_way_to_what_was_chosen_in_the_browser(self, account: Account) -> None:
        browser = reader(ENGLISH)
        browser.sign_in(account)
        assert not is_made_up(browser.get("/account"))

    def test_counts_for_nothing_once_we_have_it_no_more(
        self, account: Account, settings: Settings
    ) -> None:
        settings.LANGUAGES = [(ENGLISH, "English"), ("cy", "Cymraeg")]
        browser = reader(LANGUAGE)
        browser.sign_in(account)
        assert not is_made_up(browser.get("/account"))

    def test_is_what_every_mail_is_in_whichever_language_it_was_asked_for_in(
        self, account: Account
    ) -> None:
        browser = reader(ENGLISH)
        browser.press(browser.get("/reset-password"), "continue", sign_in_name=ANN)
        assert_made_up(post.newest())
        tell(account=account, news=News.PASSWORD_CHANGED)
        assert_made_up(post.newest())

    def test_is_what_text_messages_are_in(self, account: Account, settings: Settings) -> None:
        assert stretched("Give it to nobody.") in text_to(account, settings)

    def test_is_what_letters_are_in(self, account: Account, settings: Settings) -> None:
        with written(account, settings, Letter.Kind.RECOVERY_CODE) as letter:
            page = page_of(recovery_letter(letter))
        assert page.heading == stretched("Your code to get back into your account")

    def test_is_what_a_posted_sheet_of_codes_is_in(
        self, account: Account, settings: Settings
    ) -> None:
        ways.sheet(account)
        NumberedCode.objects.update(used_at=timezone.now())
        with written(account, settings, Letter.Kind.CODE_SHEET) as letter:
            page = page_of(posted_sheets.write(letter))
        assert page.heading.startswith(stretched("Your new sheet of codes:"))
        assert stretched("Cross out each code that you have used.") in page.before[0]
        assert stretched("Keep it away from your password.") in page.after[0]

    def test_is_what_the_day_of_a_closing_is_told_in(
        self, account: Account, settings: Settings
    ) -> None:
        now = timezone.now()
        long_ago = now - timedelta(days=6 * 366)
        Account.objects.filter(pk=account.pk).update(created_at=long_ago)
        settings.UNUSED_YEARS = 5
        Inactivity.objects.create(account=account, announced_at=now, closes_at=now)
        with written(account, settings, Letter.Kind.ACCOUNT_CLOSES) as letter:
            page = page_of(unused.letter(letter))
            text = unused.text(TextMessage(account=account, language=LANGUAGE))
        for line in (page.heading, *page.before, *page.after, text):
            assert not str(line).isascii()


class TestLanguageThatLeft:
    """What is written to somebody whose language the council took out of its settings."""

    @pytest.fixture(autouse=True)
    def _without_it(self, two_languages: None, settings: Settings) -> None:
        del two_languages
        settings.LANGUAGES = [("cy", "Cymraeg"), (ENGLISH, "English")]

    def test_a_mail_is_in_the_councils_own(self, account: Account) -> None:
        tell(account=account, news=News.PASSWORD_CHANGED)
        letter = post.newest()
        assert f'<html lang="{ENGLISH}"' in letter.html
        for part in (letter.html, letter.text):
            assert "Need help?" in part
            assert stretched("Need help?") not in part
        assert letter.subject.isascii()

    def test_a_text_message_is_in_the_councils_own(
        self, account: Account, settings: Settings
    ) -> None:
        assert "Give it to nobody." in text_to(account, settings)

    def test_letters_are_in_the_councils_own(self, account: Account, settings: Settings) -> None:
        with written(account, settings, Letter.Kind.RECOVERY_CODE) as letter:
            page = page_of(recovery_letter(letter))
        assert page.heading == "Your code to get back into your account"

    def test_a_posted_sheet_is_in_the_councils_own(
        self, account: Account, settings: Settings
    ) -> None:
        ways.sheet(account)
        NumberedCode.objects.update(used_at=timezone.now())
        with written(account, settings, Letter.Kind.CODE_SHEET) as letter:
            page = page_of(posted_sheets.write(letter))
        assert page.heading.startswith("Your new sheet of codes:")


def text_to(account: Account, settings: Settings) -> str:
    """Have a code sent to the account's phone, and return the whole message."""
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    phone.received.clear()
    Phone.objects.create(account=account, number="+447700900123", confirmed_at=timezone.now())
    for kind in ("app", "text_message"):
        Authenticator.objects.create(account=account, kind=kind)
    text_messages.send(account=account, browser="", by=resident(account))
    phone.newest_code()
    return phone.received[-1][1]


@contextmanager
def written(account: Account, settings: Settings, kind: Letter.Kind) -> Iterator[Letter]:
    """Queue a letter to the account's address, and hold the transaction that writes it."""
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    long_ago = timezone.now() - timedelta(days=60)
    PostalAddress.objects.create(
        account=account, lines="1 High Street", changed_at=long_ago, checked_at=long_ago
    )
    with transaction.atomic():
        request = RecoveryRequest.objects.create(
            account=account, rung="post", closes_at=timezone.now() + timedelta(days=28)
        )
        yield letters.queue(kind=kind, account=account, recovery=request, by=SYSTEM)


def page_of(letter: Written | None) -> Page:
    """Return what the letter says; there must be one."""
    assert letter is not None
    return letter.page


def assert_made_up(letter: post.Letter) -> None:
    """Assert that subject, text and HTML are all in the made-up language."""
    assert f'<html lang="{LANGUAGE}"' in letter.html
    for part in (letter.html, letter.text):
        assert stretched("Need help?") in part
        assert "Need help?" not in part
    assert not letter.subject.isascii()
