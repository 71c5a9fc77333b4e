"""What strangers, scanners and scripts try on the sign-up pages."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import Account, OutboundMessage, PendingSignUp
from tests import factories
from tests.accounts import post
from tests.accounts.signup.browser import Browser, wide

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Browser:
    browser = Browser()
    browser.begin("ann@example.org")
    return browser


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@localhost",
        "ann@[127.0.0.1]",
        '"ann e"@example.org',
        '"a\x01b"@example.org',
        "ann@example.org\r\nBcc: eve@example.org",
        "ann@example.org\nSubject: hello",
        "ann@example.org,eve@example.org",
        "ann@example.org eve@example.org",
        "Ann <ann@example.org>",
        "ann\x00@example.org",
        "änn@example.org",
        wide("ann@example.org"),
        f"{'a' * 250}@example.org",
        f"a@{'b' * 300}.org",
        f"a@{'ﷺ' * 20}.org",
        "a" * 100_000,
    ],
)
def test_what_is_no_address_is_refused_and_mailed_nowhere(address: str) -> None:
    response = Browser().begin(address)
    assert response.status_code == 200
    assert "Error:" in response.content.decode()
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["ann+x@example.org", "o'ann@example.org", f"{'a' * 64}@example.org"],
)
def test_an_unusual_address_is_mailed(address: str) -> None:
    Browser().begin(address)
    assert post.newest().to == address


def test_a_domain_of_other_letters_is_mailed_as_mail_servers_know_it() -> None:
    Browser().begin("ann@bücher.example")
    assert post.newest().to == "ann@xn--bcher-kva.example"


def test_a_forged_host_steers_no_mailed_link(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    browser = Browser()
    flow = browser.flow()
    data = {"flow": flow, "email": "ann@example.org"}
    browser.client.post("/sign-up", data, headers={"host": "evil.example"})
    letter = post.newest()
    assert "evil.example" not in letter.text + letter.html + str(mail.outbox[0].message())
    assert letter.path("/sign-up/confirm/")


def test_another_browser_cannot_use_a_sign_up_by_its_id(ann: Browser) -> None:
    thief = Browser(waiting=ann.waiting)
    thief.flow()
    assert thief.type_code(post.newest().code).status_code == 404
    assert thief.look().status_code == 404
    assert thief.send_again().status_code == 404
    assert thief.standing() == "expired"
    ann.type_code(post.newest().code)
    assert thief.finish().status_code == 404
    assert not Account.objects.exists()


def test_a_browser_that_lost_its_cookies_is_told_to_start_again(ann: Browser) -> None:
    ann.client.cookies.clear()
    page = ann.look()
    assert page.status_code == 404
    assert "start again" in page.content.decode()


def test_the_last_page_is_closed_before_the_address_is_confirmed(ann: Browser) -> None:
    assert ann.client.get(ann.page("details"))["Location"] == ann.waiting
    ann.finish()
    assert not Account.objects.exists()


def test_another_browsers_flow_starts_nothing() -> None:
    flow = Browser().flow()
    response = Browser().begin("ann@example.org", flow)
    assert response.status_code == 400
    assert not PendingSignUp.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "%00", "a" * 43, "a" * 9000, "%ed%a0%80", "é"])
@pytest.mark.parametrize("page", ["check-email", "details", "new-code", "status"])
def test_a_damaged_id_is_a_plain_page(page: str, value: str) -> None:
    browser = Browser()
    browser.flow()
    for client in (browser.client, Client()):
        for response in (
            client.get(f"/sign-up/{page}?sign-up={value}"),
            client.post(f"/sign-up/{page}?sign-up={value}", {"code": "123456"}),
        ):
            assert response.status_code in {200, 404, 405}


def test_two_ids_in_one_address_name_nothing(ann: Browser) -> None:
    twice = ann.waiting + ann.waiting.replace("/sign-up/check-email?", "&")
    assert ann.client.get(twice).status_code == 404


def test_an_expired_sign_up_is_over(ann: Browser) -> None:
    letter = post.newest()
    sign_up = PendingSignUp.objects.get()
    PendingSignUp.objects.update(expires_at=sign_up.created_at)
    assert ann.standing() == "expired"
    assert ann.type_code(letter.code).status_code == 404
    link = letter.path("/sign-up/confirm/")
    assert "too old" in ann.client.get(link).content.decode()
    ann.client.post(link, {"decision": "confirm"})
    assert PendingSignUp.objects.get().confirmed_at is None


def test_a_sign_up_outlives_the_flow_it_began_in(ann: Browser) -> None:
    sign_up = PendingSignUp.objects.get()
    type(sign_up.flow).objects.update(expires_at=sign_up.created_at)
    ann.type_code(post.newest().code)
    ann.finish()
    assert ann.is_signed_in()


def test_mail_to_one_address_is_limited_alike_for_known_and_unknown() -> None:
    factories.account("ann@example.org")
    for address in ("ann@example.org", "nobody@example.org"):
        answers = [Browser().begin(address).status_code for _try in range(6)]
        assert answers == [302] * 5 + [429]


def test_new_codes_count_against_the_same_limit(ann: Browser) -> None:
    answers = [ann.send_again().status_code for _try in range(5)]
    assert answers == [302] * 4 + [429]


def test_a_limited_page_says_when_to_come_back(ann: Browser) -> None:
    response = [ann.send_again() for _try in range(5)][-1]
    assert int(response["Retry-After"]) > 0
    assert "You need to wait" in response.content.decode()


def test_guessing_from_many_browsers_ends_with_the_mails() -> None:
    guesses = 0
    for _browser in range(20):
        browser = Browser()
        if browser.begin("ann@example.org").status_code != 302:
            break
        post.send()
        for number in range(20):
            page = browser.type_code(f"{number:06d}")
            if page.status_code != 200 or "too many wrong codes" in page.content.decode():
                break
            guesses += 1
    assert guesses <= 25


def test_a_signed_in_resident_who_comes_for_nothing_is_sent_home(ann: Browser) -> None:
    ann.type_code(post.newest().code)
    ann.finish()
    assert ann.client.get("/sign-up")["Location"] == "/account"


def test_forms_are_refused_without_their_own_pages_token(ann: Browser) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ann.client.cookies
    link = post.newest().path("/sign-up/confirm/")
    assert strict.post(link, {"decision": "confirm"}).status_code == 403
    assert strict.post(ann.waiting, {"code": post.newest().code}).status_code == 403
    assert ann.standing() == "waiting"


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(ann: Browser, method: str) -> None:
    assert getattr(ann.client, method)(ann.waiting).status_code == 405
