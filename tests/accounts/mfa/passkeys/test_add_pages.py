"""The pages that add a passkey or a security key, without Chromium."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account, Authenticator, Session
from tests.accounts.visitor import Response, Visitor
from tests.factories import people
from tests.factories.authenticators import Manner, SoftwareKey, key_of

pytestmark = pytest.mark.django_db

PASSKEY, SECURITY_KEY = "/account/ways-to-sign-in/passkey", "/account/ways-to-sign-in/security-key"
each_page = pytest.mark.parametrize("page", [PASSKEY, SECURITY_KEY])


@pytest.fixture
def account() -> Account:
    return people.account("ann@example.org", password=people.PASSWORD)


@pytest.fixture
def ann(account: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(account.sign_in_name)
    return visitor


def _ask(visitor: Visitor, page: str, **typed: str) -> dict[str, Any]:
    values = {"label": "My phone", **typed}
    options: dict[str, Any] = visitor.client.post(f"{page}/options", values).json()
    return options


def _add(visitor: Visitor, page: str, answer: str, **typed: str) -> Response:
    return visitor.client.post(page, {"label": "My phone", "passkey": answer, **typed})


@each_page
def test_a_key_is_added_and_leads_to_the_list_in_a_stronger_session(
    ann: Visitor, page: str
) -> None:
    before = ann.cookie
    added = _add(ann, page, SoftwareKey().make(_ask(ann, page)))
    assert added["Location"] == "/account/ways-to-sign-in"
    assert Authenticator.objects.get().label == "My phone"
    assert ann.cookie != before
    assert ann.session is not None
    assert ann.session.level > Level.ONE_FACTOR


def test_before_making_one_we_say_who_can_use_it(ann: Visitor) -> None:
    page = ann.get(PASSKEY).content.decode()
    assert "Anyone who can unlock this device can use it" in page
    assert page.index("Anyone who can unlock") < page.index("Create a passkey</button>")


def test_on_a_device_that_others_use_it_is_kept_elsewhere(ann: Visitor) -> None:
    Session.objects.update(is_shared_device=True)
    assert "Other people use this device" in ann.get(PASSKEY).content.decode()
    selection = _ask(ann, PASSKEY)["authenticatorSelection"]
    assert selection["authenticatorAttachment"] == "cross-platform"


def test_the_stored_name_says_whose_it_is_only_if_its_owner_lets_it(ann: Visitor) -> None:
    named = _ask(ann, PASSKEY)["user"]
    assert (named["name"], named["displayName"]) == ("ann@example.org", "ann@example.org")
    neutral = _ask(ann, PASSKEY, is_neutral="on")["user"]
    assert neutral["name"].startswith("Made on ")
    assert "ann" not in f"{neutral['name']}{neutral['displayName']}"


def test_the_browsers_own_name_is_suggested(ann: Visitor) -> None:
    chrome = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"
    page = ann.client.get(PASSKEY, headers={"user-agent": chrome}).content.decode()
    assert 'value="Chrome on Linux"' in page


@each_page
@pytest.mark.parametrize("label", ["", "   ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_kept_is_refused_before_anything_is_made(
    ann: Visitor, page: str, label: str
) -> None:
    assert ann.client.post(f"{page}/options", {"label": label}).status_code == 422
    refused = _add(ann, page, "", label=label)
    assert "There is a problem" in refused.content.decode()
    assert "label" in refused.context["form"].errors


@each_page
@pytest.mark.parametrize("answer", ["", "x", "{}", "[" * 9000])
def test_without_an_answer_nothing_is_added(ann: Visitor, page: str, answer: str) -> None:
    refused = _add(ann, page, answer)
    assert "Nothing was added" in refused.content.decode()
    assert 'value="My phone"' in refused.content.decode()
    assert not Authenticator.objects.exists()


def test_a_key_that_was_added_before_is_told_so(ann: Visitor) -> None:
    key = SoftwareKey()
    _add(ann, SECURITY_KEY, key.make(_ask(ann, SECURITY_KEY)))
    again = _add(ann, SECURITY_KEY, key.make(_ask(ann, SECURITY_KEY)))
    assert "has been added before" in again.content.decode()


def test_a_security_key_that_cannot_store_itself_is_no_passkey(ann: Visitor) -> None:
    answer = SoftwareKey().make(_ask(ann, PASSKEY), Manner(stored=False))
    assert "cannot hold a passkey" in _add(ann, PASSKEY, answer).content.decode()


def test_an_answer_for_one_kind_of_key_makes_no_other(ann: Visitor) -> None:
    touched = SoftwareKey().make(_ask(ann, SECURITY_KEY), Manner(verified=False))
    assert "Nothing was added" in _add(ann, PASSKEY, touched).content.decode()


@each_page
def test_an_old_sign_in_adds_nothing(ann: Visitor, page: str) -> None:
    answer = SoftwareKey().make(_ask(ann, page))
    Session.objects.update(signed_in_at=timezone.now() - settings.FRESH_SIGN_IN)
    stale = _add(ann, page, answer)
    assert stale.status_code == 302
    assert stale["Location"].startswith("/sign-in?return_to=")
    assert "typed" in stale["Location"]
    assert not Authenticator.objects.exists()
    assert ann.client.post(f"{page}/options", {"label": "x"}).status_code == 302


@each_page
def test_less_than_the_account_can_show_adds_nothing(
    account: Account, ann: Visitor, page: str
) -> None:
    key_of(account)
    assert ann.get(page)["Location"].startswith("/sign-in?return_to=")
    assert ann.client.post(f"{page}/options", {"label": "x"}).status_code == 302


@each_page
def test_for_a_while_after_a_recovery_nothing_is_added(
    account: Account, ann: Visitor, page: str
) -> None:
    account.changes_held_until = timezone.now() + timedelta(hours=1)
    account.save()
    assert ann.get(page).status_code == 403
    assert _add(ann, page, "x").status_code == 403
