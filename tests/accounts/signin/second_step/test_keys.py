"""The second step by a security key or a passkey, without Chromium."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account, Authenticator, Challenge, PendingSignIn, RememberedDevice
from tests.accounts.visitor import Response, Visitor
from tests.factories import people
from tests.factories.authenticators import Manner, SoftwareKey, altered, encoded, key_of

pytestmark = pytest.mark.django_db

Kind = Authenticator.Kind
KEY, PASSKEY = "/sign-in/security-key", "/sign-in/use-passkey"
BARE = Manner(verified=False, backup_eligible=False, backed_up=False)


@pytest.fixture
def account() -> Account:
    return people.account("ann@example.org", password=people.PASSWORD)


@pytest.fixture
def key(account: Account) -> SoftwareKey:
    return key_of(account, Kind.SECURITY_KEY, backup_eligible=False, backed_up=False)


def _ask(visitor: Visitor, page: str, flow: str) -> dict[str, Any]:
    options: dict[str, Any] = visitor.client.post(f"{page}/options", {"flow": flow}).json()
    return options


def _touch(visitor: Visitor, flow: str, key: SoftwareKey, **more: str) -> Response:
    answer = altered(key.get(_ask(visitor, KEY, flow), BARE), userHandle=None)
    return visitor.client.post(KEY, {"flow": flow, "passkey": answer, **more})


def _first_step(**columns: Any) -> tuple[Visitor, str, Response]:
    visitor = Visitor()
    flow = visitor.begin("/help/privacy", **columns)
    return visitor, flow, visitor.submit("ann@example.org", flow=flow)


def test_after_the_password_a_touch_is_enough_for_two_factors_and_no_more(
    key: SoftwareKey,
) -> None:
    visitor, flow, response = _first_step()
    assert response["Location"].startswith("/sign-in/second-step")
    assert visitor.get(response["Location"])["Location"] == f"{KEY}?flow={flow}"
    assert _touch(visitor, flow, key)["Location"] == "/help/privacy"
    assert visitor.session is not None
    assert visitor.session.level == Level.TWO_FACTORS


def test_a_security_key_with_a_pin_never_counts_as_a_passkey(key: SoftwareKey) -> None:
    visitor, flow, _response = _first_step()
    verified = Manner(verified=True, backup_eligible=False, backed_up=False)
    answer = key.get(_ask(visitor, KEY, flow), verified)
    visitor.client.post(KEY, {"flow": flow, "passkey": answer})
    assert visitor.session is not None
    assert visitor.session.level == Level.TWO_FACTORS


@pytest.mark.usefixtures("key")
def test_without_the_first_step_there_is_no_question_and_no_page() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    assert visitor.client.post(f"{KEY}/options", {"flow": flow}).status_code == 404
    assert visitor.get(f"{KEY}?flow={flow}").status_code == 302
    assert visitor.client.post(KEY, {"flow": flow, "passkey": "x"}).status_code == 302
    assert visitor.client.post(f"{KEY}/options").status_code == 404
    assert not Challenge.objects.exists()


@pytest.mark.usefixtures("key")
def test_another_browser_learns_nothing_of_the_accounts_keys() -> None:
    _visitor, flow, _response = _first_step()
    assert Visitor().client.post(f"{KEY}/options", {"flow": flow}).status_code == 404


def test_only_the_accounts_own_security_keys_are_asked_for(
    account: Account, key: SoftwareKey
) -> None:
    key_of(account)
    key_of(people.account(), Kind.SECURITY_KEY)
    visitor, flow, _response = _first_step()
    [asked] = _ask(visitor, KEY, flow)["allowCredentials"]
    assert asked["id"] == encoded(key.id)


def test_an_answer_counts_once_and_not_for_another_sign_in(key: SoftwareKey) -> None:
    visitor, flow, _response = _first_step()
    answer = altered(key.get(_ask(visitor, KEY, flow), BARE), userHandle=None)
    visitor.client.post(KEY, {"flow": flow, "passkey": answer})
    again, second, _response = _first_step()
    refused = again.client.post(KEY, {"flow": second, "passkey": answer})
    assert "That did not work" in refused.content.decode()
    assert again.session is None


@pytest.mark.parametrize("answer", ["", "x", "{}"])
@pytest.mark.usefixtures("key")
def test_without_an_answer_nobody_gets_in(answer: str) -> None:
    visitor, flow, _response = _first_step()
    refused = visitor.client.post(KEY, {"flow": flow, "passkey": answer})
    assert "That did not work" in refused.content.decode()
    assert visitor.session is None


def test_the_device_is_remembered_if_its_owner_says_so(key: SoftwareKey) -> None:
    visitor, flow, _response = _first_step()
    _touch(visitor, flow, key, remember="on")
    assert RememberedDevice.objects.count() == 1


def test_a_passkey_is_asked_for_where_its_level_is_needed(account: Account) -> None:
    passkey = key_of(account)
    visitor, flow, response = _first_step(level=Level.PHISHING_RESISTANT)
    assert visitor.get(response["Location"])["Location"] == f"{PASSKEY}?flow={flow}"
    answer = passkey.get(_ask(visitor, PASSKEY, flow))
    assert visitor.client.post(PASSKEY, {"flow": flow, "passkey": answer}).status_code == 303
    assert visitor.session is not None
    assert visitor.session.level == Level.PHISHING_RESISTANT


def test_a_passkey_never_stands_behind_a_password_where_one_factor_is_enough(
    account: Account,
) -> None:
    key_of(account)
    _visitor, _flow, response = _first_step()
    assert response["Location"] == "/help/privacy"


def test_an_unverified_passkey_is_refused(account: Account) -> None:
    passkey = key_of(account)
    visitor, flow, _response = _first_step(level=Level.PHISHING_RESISTANT)
    answer = passkey.get(_ask(visitor, PASSKEY, flow), Manner(verified=False))
    visitor.client.post(PASSKEY, {"flow": flow, "passkey": answer})
    assert visitor.session is None


def test_whoever_typed_a_password_is_asked_for_their_passkey_last(
    account: Account, key: SoftwareKey
) -> None:
    key_of(account)
    Authenticator.objects.filter(kind=Kind.PASSKEY).update(last_used_at=account.created_at)
    visitor, flow, response = _first_step()
    assert visitor.get(response["Location"])["Location"] == f"{KEY}?flow={flow}"
    page = visitor.get(f"{KEY}?flow={flow}").content.decode()
    assert "Use your passkey" in page
    assert PendingSignIn.objects.get().done_at is None
    assert _touch(visitor, flow, key).status_code == 303


def test_a_touch_does_not_vouch_for_a_password_that_was_mailed_since(
    account: Account, key: SoftwareKey
) -> None:
    visitor, flow, _response = _first_step()
    Account.objects.update(password_from_mailbox=True, password_changed_at=timezone.now())
    _touch(visitor, flow, key)
    account.refresh_from_db()
    assert visitor.session is None
    assert account.password_from_mailbox
