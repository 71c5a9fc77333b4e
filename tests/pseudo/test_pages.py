"""Pages in the made-up language have no text that cannot be translated."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from accounts.assurance import Method
from accounts.audit.actor import resident
from accounts.models import Account
from accounts.security import cookies
from accounts.sessions import operations as sessions
from tests.accounts import post
from tests.accounts.visitor import Response, Visitor
from tests.factories import people
from tests.journeys.ledger import pages
from tests.pseudo import catalogue
from tests.pseudo.reading import plain_english
from tests.pseudo.sources import messages
from tests.pseudo.stretching import stretched

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("locale")
    catalogue.write(made)
    return made


@pytest.fixture(autouse=True)
def _made_up(settings: Settings, folder: Path) -> None:
    settings.LOCALE_PATHS = [str(folder)]
    settings.LANGUAGES = [("en-gb", "English"), (catalogue.LANGUAGE, "Ĺőńǵ")]


@pytest.fixture
def account() -> Account:
    return people.account(
        "ann@example.org",
        password=people.PASSWORD,
        full_name="Àńń",
        language=catalogue.LANGUAGE,
    )


def _names() -> list[str]:
    """Return what stays as it is in every language: names from settings and addresses."""
    of_council = [
        configured.COUNCIL_NAME,
        configured.SERVICE_NAME,
        configured.COUNCIL_HOURS,
        configured.COUNCIL_EMAIL,
        configured.COUNCIL_ADDRESS,
        configured.COUNCIL_WEBSITE,
        configured.ACCESSIBILITY_CONTACT,
        configured.DATA_PROTECTION_CONTACT,
        configured.ACCESSIBILITY_PREPARED,
        configured.ACCESSIBILITY_REVIEWED,
    ]
    others = [cookie.name for cookie in cookies.COOKIES]
    # As each language calls itself; the made-up one as the language that its code belongs to.
    own_names = ["British English", "English"]
    return [*of_council, *others, *own_names, "ann@example.org"]


def _reader() -> Visitor:
    visitor = Visitor()
    visitor.client.cookies[configured.LANGUAGE_COOKIE_NAME] = catalogue.LANGUAGE
    return visitor


def _resident(account: Account) -> Visitor:
    visitor = _reader()
    proven = people.proven(Method.PASSKEY)
    started = sessions.start(account=account, proven=proven, replaces=None, by=resident(account))
    visitor.client.cookies[configured.SIGNED_IN_COOKIE_NAME] = started.cookie_value
    return visitor


def _addresses(flow: str) -> Iterator[str]:
    for name in sorted(set(pages())):
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        if name == "authorize:start":
            # Its refusals speak to the service's programmers, in the specifications' language.
            continue
        yield f"{path}?flow={flow}"


def _walk(visitor: Visitor) -> dict[str, list[str]]:
    """Look at every page as it comes and with an empty form sent, and return what is in English."""
    flow = visitor.begin("/account", language=catalogue.LANGUAGE)
    found: dict[str, list[str]] = {}
    for path in _addresses(flow):
        for answer in (visitor.get(path), visitor.client.post(path, {"flow": flow})):
            left = _left_in(answer)
            if left:
                found[path.partition("?")[0]] = left
    return found


def _left_in(answer: Response) -> list[str]:
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    return plain_english(answer.content.decode(), names=_names())


def test_the_catalogue_has_the_texts_of_programs_and_templates() -> None:
    found = messages()
    assert ("Sign in",) in found
    assert ("There is a problem",) in found
    assert len(found) > 300
    assert any(len(message) == 2 for message in found)


def test_words_become_two_fifths_longer_and_placeholders_stay() -> None:
    text = stretched("Sign in to {service}, %(time)s <b>now</b>")
    assert text == "Šíǵńńń íńń ťöö {service}, %(time)s <b>ńöŵŵŵ</b>"


def test_what_strangers_see_has_no_text_left_in_english() -> None:
    assert _walk(_reader()) == {}


def test_what_residents_see_has_no_text_left_in_english(account: Account) -> None:
    assert _walk(_resident(account)) == {}


def test_mails_have_no_text_left_in_english(account: Account) -> None:
    visitor = _reader()
    values = {"flow": visitor.begin(), "sign_in_name": account.sign_in_name}
    visitor.client.post("/sign-in/send-code", values)
    visitor.client.post("/reset-password", values)
    for letter in post.letters():
        assert plain_english(letter.html, names=_names()) == []
