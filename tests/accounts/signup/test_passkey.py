"""Making an account with a passkey and no password, without Chromium."""

from typing import Any

import pytest

from accounts.assurance import Level
from accounts.models import Account, Authenticator, PendingSignIn, Session
from tests.accounts import post
from tests.accounts.signup.browser import Browser
from tests.factories import people
from tests.factories.authenticators import Manner, SoftwareKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Browser:
    ann = Browser()
    ann.begin("ann@example.org")
    ann.type_code(post.newest().code)
    return ann


def _ask(browser: Browser, **typed: str) -> Any:  # noqa: ANN401 - the test client's own response
    values = {"full_name": "Ann Example", **typed}
    return browser.client.post(browser.page("passkey/options"), values)


def _finish(browser: Browser, answer: str, **typed: str) -> Any:  # noqa: ANN401
    values = {"full_name": "Ann Example", "passkey": answer, **typed}
    return browser.client.post(browser.page("passkey"), values)


def test_a_passkey_makes_an_account_without_a_password_and_signs_it_in(ann: Browser) -> None:
    wish = _ask(ann).json()
    assert _finish(ann, SoftwareKey().make(wish)).status_code == 303
    account = Account.objects.get()
    assert not account.has_password
    assert account.password_changed_at is None
    assert account.user_handle == wish["user"]["id"]
    assert Session.objects.get().level == Level.PHISHING_RESISTANT
    way = Authenticator.objects.get()
    assert (way.kind, way.label, way.added_at_one_factor) == ("passkey", "Firefox on Linux", False)


def test_its_owner_is_told_of_the_account_and_not_of_the_passkey_besides(ann: Browser) -> None:
    _finish(ann, SoftwareKey().make(_ask(ann).json()))
    mails = [letter.subject for letter in post.letters()]
    assert len(mails) == 2


def test_the_same_passkey_signs_in_again(ann: Browser) -> None:
    key = SoftwareKey()
    _finish(ann, key.make(_ask(ann).json()))
    ann.client.post("/sign-out")
    address = ann.client.get("/sign-in").headers["Location"]
    flow = address.partition("flow=")[2]
    question = ann.client.post("/sign-in/passkey/options").json()
    ann.client.post("/sign-in", {"flow": flow, "passkey": key.get(question)})
    assert ann.is_signed_in()


def test_before_making_one_we_say_who_can_use_it(ann: Browser) -> None:
    page = ann.client.get(ann.page("passkey")).content.decode()
    assert "Anyone who can unlock this device can use it" in page


def test_the_stored_name_can_be_neutral(ann: Browser) -> None:
    assert _ask(ann).json()["user"]["name"] == "ann@example.org"
    assert "ann" not in _ask(ann, is_neutral="on").json()["user"]["name"]


def test_on_a_device_that_others_use_it_is_kept_elsewhere(ann: Browser) -> None:
    PendingSignIn.objects.update(is_shared_device=True)
    selection = _ask(ann).json()["authenticatorSelection"]
    assert selection["authenticatorAttachment"] == "cross-platform"


@pytest.mark.parametrize("name", ["", "A" * 201, "Ann\x00"])
def test_without_a_name_that_can_be_kept_no_passkey_is_made(ann: Browser, name: str) -> None:
    assert _ask(ann, full_name=name).status_code == 422
    assert "There is a problem" in _finish(ann, "", full_name=name).content.decode()


@pytest.mark.parametrize("answer", ["", "x", "{}", "[" * 9000])
def test_without_an_answer_no_account_is_made(ann: Browser, answer: str) -> None:
    page = _finish(ann, answer).content.decode()
    assert "Nothing was added" in page
    assert 'value="Ann Example"' in page
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "manner", [Manner(verified=False), Manner(stored=False), Manner(origin="https://evil.example")]
)
def test_a_passkey_that_was_not_made_as_asked_makes_no_account(
    ann: Browser, manner: Manner
) -> None:
    assert _finish(ann, SoftwareKey().make(_ask(ann).json(), manner)).status_code == 200
    assert not Account.objects.exists()


def test_nobody_makes_one_before_the_address_is_confirmed() -> None:
    ann = Browser()
    ann.begin("ann@example.org")
    assert _ask(ann).status_code == 404
    assert _finish(ann, "x").status_code == 302
    assert ann.client.get(ann.page("passkey")).status_code == 302


def test_another_browser_makes_nothing_of_this_sign_up(ann: Browser) -> None:
    other = Browser(waiting=ann.waiting)
    assert _ask(other).status_code == 404
    assert _finish(other, "x").status_code == 404


def test_an_answer_makes_one_account_however_often_it_is_sent(ann: Browser) -> None:
    answer = SoftwareKey().make(_ask(ann).json())
    _finish(ann, answer)
    assert _finish(ann, answer).status_code == 400
    assert Account.objects.count() == 1


def test_a_name_that_is_taken_is_refused_before_a_passkey_is_made() -> None:
    people.account("ann@example.org", sign_in_name="ann.example")
    ann = Browser()
    ann.begin("ann@example.org")
    ann.type_code(post.newest().code)
    assert _ask(ann, sign_in_name="Ann.Example").status_code == 422
    assert "Somebody has this one" in _finish(ann, "", sign_in_name="ann.example").content.decode()
    key = SoftwareKey()
    _finish(ann, key.make(_ask(ann, sign_in_name="ann.two").json()), sign_in_name="ann.two")
    assert Account.objects.filter(sign_in_name="ann.two").exists()


def test_a_key_that_opens_an_account_opens_no_second_one(ann: Browser) -> None:
    key = SoftwareKey()
    _finish(ann, key.make(_ask(ann).json()))
    ben = Browser()
    ben.begin("ben@example.org")
    ben.type_code(post.newest().code)
    page = _finish(ben, key.make(_ask(ben).json()))
    assert "opens another account" in page.content.decode()
    assert Account.objects.count() == 1


def test_a_passkey_of_a_sign_up_serves_no_sign_in(ann: Browser) -> None:
    wish = _ask(ann).json()
    answer = SoftwareKey(user_handle="x").get({"challenge": wish["challenge"], "rpId": "localhost"})
    flow = ann.client.get("/sign-in").headers["Location"].partition("flow=")[2]
    ann.client.post("/sign-in", {"flow": flow, "passkey": answer})
    assert not ann.is_signed_in()
