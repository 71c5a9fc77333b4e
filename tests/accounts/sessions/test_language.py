"""Which language a page and a mail are in: the service's wish, the browser's, the account's."""

import pytest
from django.conf import settings as configured
from django.core import mail
from pytest_django import Settings

from accounts.models import Account
from accounts.pages import languages
from tests.accounts import post
from tests.accounts.visitor import Visitor, statements
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def _three(settings: Settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg"), ("ar", "Arabic")]


three = pytest.mark.usefixtures("_three")


def _language(visitor: Visitor, path: str = "/help/contact", **headers: str) -> str:
    response = visitor.client.get(path, headers=headers)
    language = str(response["Content-Language"])
    assert f'<html lang="{language}"' in response.content.decode()
    return language


@three
@pytest.mark.parametrize(
    "tags, found",
    [
        ("cy", "cy"),
        ("xx cy-GB en", "cy"),
        ("CY", "cy"),
        ("", ""),
        ("xx", ""),
        ("x" * 1000, ""),
        ("é", ""),
        ("../../etc", ""),
        ("\x00", ""),
        (" ".join(["xx"] * 10 + ["cy"]), ""),
    ],
)
def test_the_first_language_that_we_have_is_taken(tags: str, found: str) -> None:
    assert languages.first_of(tags.split(" ")) == found


@three
def test_what_the_service_asked_for_comes_before_everything() -> None:
    visitor = Visitor()
    visitor.client.cookies[configured.LANGUAGE_COOKIE_NAME] = "ar"
    flow = visitor.begin(language="cy")
    headers = {"accept-language": "en"}
    assert _language(visitor, f"/sign-in?flow={flow}", **headers) == "cy"
    assert _language(visitor, f"/sign-up?flow={flow}", **headers) == "cy"
    assert _language(visitor, **headers) == "ar"


@three
def test_a_form_is_answered_in_the_language_that_its_service_asked_for() -> None:
    visitor = Visitor()
    flow = visitor.begin(language="cy")
    assert visitor.submit("", "", flow=flow)["Content-Language"] == "cy"


@three
def test_a_sign_up_and_its_mail_stay_in_that_language() -> None:
    visitor = Visitor()
    flow = visitor.begin(language="cy")
    values = {"flow": flow, "email": "ann@example.org"}
    waiting = visitor.client.post("/sign-up", values)["Location"]
    assert _language(visitor, waiting) == "cy"
    visitor.client.post(waiting, {"code": post.newest().code})
    details = {"full_name": "Ann Example", "password": people.PASSWORD}
    visitor.client.post(waiting.replace("check-email", "details"), details)
    assert Account.objects.get().language == "cy"


@three
def test_the_browsers_choice_comes_before_the_account() -> None:
    people.account("ann@example.org", password=people.PASSWORD, language="cy")
    visitor = Visitor()
    visitor.submit("ann@example.org")
    assert _language(visitor, **{"accept-language": "ar"}) == "cy"
    visitor.client.post("/help/language", {"language": "ar", "next": "/help/contact"})
    assert _language(visitor) == "ar"


@three
def test_else_the_browsers_settings_decide() -> None:
    assert _language(Visitor(), **{"accept-language": "xx, cy;q=0.8"}) == "cy"
    assert _language(Visitor(), **{"accept-language": "xx"}) == "en-gb"


@three
def test_a_page_of_another_language_is_not_kept_for_somebody_else() -> None:
    vary = Visitor().get("/help/contact")["Vary"]
    assert "Accept-Language" in vary
    assert "Cookie" in vary


@three
@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "", "/\\evil"])
def test_choosing_leads_to_no_other_site(address: str) -> None:
    values = {"language": "cy", "next": address}
    assert Visitor().client.post("/help/language", values)["Location"] == "/account"


@three
def test_a_language_that_we_do_not_have_is_no_choice() -> None:
    visitor = Visitor()
    response = visitor.client.post("/help/language", {"language": "xx"})
    assert "There is a problem" in response.content.decode()
    assert configured.LANGUAGE_COOKIE_NAME not in visitor.client.cookies


@three
def test_mails_are_in_the_accounts_language_whoever_asks() -> None:
    people.account("ann@example.org", password=people.PASSWORD, language="cy")
    visitor = Visitor()
    visitor.client.post(
        "/sign-in/send-code", {"flow": visitor.begin(), "sign_in_name": "ann@example.org"}
    )
    post.send()
    assert 'lang="cy"' in post.newest().html
    assert len(mail.outbox) == 1


def test_where_there_is_one_language_none_is_looked_up_nor_offered() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    with statements() as one:
        page = visitor.get(f"/sign-in?flow={flow}")
    assert "/help/language" not in page.content.decode()
    assert sum("pendingsignin" in shape for shape in one) == 1


@three
def test_a_view_that_reads_another_sites_form_itself_still_can() -> None:
    answer = Visitor().client.post("/authorize", {"client_id": "unknown", "flow": "x" * 43})
    assert answer.status_code == 400
