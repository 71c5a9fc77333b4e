"""Adding an app."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.mfa.apps import operations
from accounts.models import Account, AppSecret, AuditEvent, Authenticator, Session
from tests.accounts import post
from tests.accounts.mfa.owner import WAYS, Owner, asks_to_sign_in
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

PAGE = f"{WAYS}/app"


def _add(owner: Owner, sealed: str, code: str | None = None) -> object:
    secret = operations.secret_in(owner.account, sealed) or b""
    return owner.client.post(PAGE, {"app": sealed, "code": code or ways.code_of(secret)})


def test_the_page_shows_a_new_secret_as_a_square_and_as_text() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "app")
    page = owner.get(PAGE).content.decode()
    assert owner.hidden(PAGE, "app") != sealed
    assert "<svg viewBox=" in page
    assert "style=" not in page
    assert re.search(r'id="app-key">([A-Z2-7]{4} ){7}[A-Z2-7]{4}<', page)
    assert not AppSecret.objects.exists()


def test_a_right_code_adds_the_app_and_strengthens_the_session() -> None:
    owner = Owner()
    before = owner.session
    assert before is not None
    sealed = owner.hidden(PAGE, "app")
    response = _add(owner, sealed)
    assert response["Location"] == WAYS  # type: ignore[index]
    app = Authenticator.objects.get()
    assert (app.kind, app.added_at_one_factor) == ("app", True)
    session = owner.session
    assert session is not None
    assert session.pk != before.pk
    assert session.level == Level.TWO_FACTORS
    assert session.auth_time == before.auth_time
    assert session.signed_in_at == before.signed_in_at
    assert AuditEvent.objects.filter(event="account:authenticator:added").count() == 1
    assert "A way to sign in was added" in post.newest().text


def test_the_secret_is_stored_unreadably() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "app")
    secret = operations.secret_in(owner.account, sealed)
    assert secret is not None
    _add(owner, sealed)
    stored = AppSecret.objects.get().secret
    assert secret.hex() not in stored
    assert stored.partition(":")[0] == "f1" or ":" in stored


@pytest.mark.parametrize("code", ["000000", "", "12345", "+12345", "x" * 10_000])
def test_a_wrong_code_keeps_the_same_secret(code: str) -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "app")
    page = owner.client.post(PAGE, {"app": sealed, "code": code}).content.decode()
    assert "Error:" in page
    assert f'name="app" value="{sealed}"' in page
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sealed", ["", "x", "f1:x", "\x00", "é", "f1:" + "A" * 5000])
def test_a_made_up_secret_gets_a_new_one(sealed: str) -> None:
    owner = Owner()
    response = owner.client.post(PAGE, {"app": sealed, "code": "123456"})
    assert response.status_code == 200
    assert "open for too long" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_another_accounts_secret_or_an_old_one_is_none() -> None:
    owner, bob = Owner(), people.account("bob@example.org")
    theirs = operations.new_secret(bob)
    assert operations.secret_in(owner.account, theirs) is None
    assert operations.secret_in(owner.account, "\ud800") is None
    mine = operations.new_secret(owner.account)
    with time_machine.travel(timezone.now() + settings.SESSION_ABSOLUTE + timedelta(minutes=1)):
        assert operations.secret_in(owner.account, mine) is None


def test_the_code_that_added_it_signs_nobody_in() -> None:
    with time_machine.travel(timezone.now(), tick=False):
        owner = Owner()
        sealed = owner.hidden(PAGE, "app")
        secret = operations.secret_in(owner.account, sealed) or b""
        _add(owner, sealed)
        assert operations.check(owner.account, ways.code_of(secret)) is None


def test_sending_the_page_twice_adds_one_app() -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        owner = Owner()
        sealed = owner.hidden(PAGE, "app")
        _add(owner, sealed)
        _add(owner, sealed)
    with time_machine.travel(start + timedelta(seconds=40), tick=False):
        _add(owner, sealed)
    assert Authenticator.objects.count() == 1


def test_a_code_that_another_sign_in_takes_at_that_very_moment_adds_no_second_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        owner = Owner()
        sealed = owner.hidden(PAGE, "app")
        _add(owner, sealed)
    monkeypatch.setattr("accounts.mfa.apps.operations._take", lambda _app, _step: False)
    with time_machine.travel(start + timedelta(seconds=40), tick=False):
        _add(owner, sealed)
    assert Authenticator.objects.count() == 1


def test_a_sign_in_that_is_too_old_is_made_anew_and_keeps_the_secret() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "app")
    owner.grow_stale()
    response = _add(owner, sealed)
    assert asks_to_sign_in(response)
    again = owner.get(response["Location"])["Location"]  # type: ignore[index]
    flow = again.partition("flow=")[2]
    back = owner.submit("ann@example.org", flow=flow)["Location"]
    assert back.startswith(f"{PAGE}?typed=")
    # The app that scanned the square before goes on showing the right codes.
    assert owner.hidden(back, "app") == sealed


def test_an_account_with_an_app_adds_another_only_after_using_the_first() -> None:
    owner = Owner()
    ways.app(owner.account)
    assert asks_to_sign_in(owner.get(PAGE))
    second = ways.app(owner.account)
    owner.sign_in(second)
    assert owner.get(PAGE).status_code == 200
    _add(owner, owner.hidden(PAGE, "app"))
    assert Authenticator.objects.filter(added_at_one_factor=True).count() == 0


def test_a_session_from_before_a_password_change_adds_nothing() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "app")
    Session.objects.update(ended_at=timezone.now())
    response = _add(owner, sealed)
    assert response["Location"].startswith("/sign-in")  # type: ignore[index]
    assert not Authenticator.objects.exists()


def test_after_a_recovery_no_way_is_added_for_a_while() -> None:
    owner = Owner()
    Account.objects.update(changes_held_until=timezone.now() + timedelta(hours=40))
    response = owner.get(PAGE)
    assert response.status_code == 403
    assert "You cannot change this yet" in response.content.decode()


def test_a_recovery_code_is_not_enough_and_the_page_says_so() -> None:
    owner = Owner()
    ways.app(owner.account)
    codes = ways.recovery_codes(owner.account)
    flow = owner.begin()
    owner.submit("ann@example.org", flow=flow)
    owner.client.post("/sign-in/recovery-code", {"flow": flow, "code": codes[0]})
    response = owner.get(PAGE)
    assert response.status_code == 403
    page = response.content.decode()
    assert "Sign in another way to change this" in page
    assert "again=fully" in page
