"""Changing one's own password."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.limits.table import SIGN_IN
from accounts.models import Account, Authenticator, RememberedDevice, Session
from accounts.sessions.remembered.operations import remember
from tests.accounts import post
from tests.accounts.mfa.owner import WAYS, Owner, asks_to_sign_in
from tests.accounts.visitor import Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

PAGE = "/account/password"
NEW = "lantern meadow biscuit"


def test_after_a_fresh_sign_in_the_new_one_is_enough() -> None:
    owner = Owner()
    assert "Password that you have now" not in owner.get(PAGE).content.decode()
    assert owner.client.post(PAGE, {"password": NEW})["Location"] == WAYS
    visitor = Visitor()
    assert visitor.submit("ann@example.org", people.PASSWORD).status_code == 200
    assert visitor.submit("ann@example.org", NEW).status_code == 303
    assert "Your password was changed" in post.letters()[0].text


def test_later_the_old_one_is_asked_for() -> None:
    owner = Owner()
    owner.grow_stale()
    assert "Password that you have now" in owner.get(PAGE).content.decode()
    for old in ("", "wrong password here"):
        page = owner.client.post(PAGE, {"old_password": old, "password": NEW})
        assert "Error:" in page.content.decode()
    assert "Error:" in owner.client.post(PAGE, {"password": NEW}).content.decode()
    values = {"old_password": people.PASSWORD, "password": NEW}
    assert owner.client.post(PAGE, values)["Location"] == WAYS


def test_everything_else_that_was_signed_in_ends_and_this_session_stays() -> None:
    owner = Owner()
    other = people.session(owner.account)
    remember(account=owner.account, started_on="Firefox", by=resident(owner.account))
    here = owner.session
    owner.client.post(PAGE, {"password": NEW})
    assert owner.session == here
    other.refresh_from_db()
    assert other.end_reason == "password_changed"
    assert not RememberedDevice.objects.filter(ended_at=None).exists()


def test_a_session_from_before_the_change_changes_nothing() -> None:
    owner, thief = Owner(), Visitor()
    thief.submit("ann@example.org")
    owner.client.post(PAGE, {"password": NEW})
    response = thief.client.post(PAGE, {"password": "stolen lantern cupboard"})
    assert response["Location"].startswith("/sign-in")
    assert Visitor().submit("ann@example.org", NEW).status_code == 303


def test_guessing_the_old_password_counts_as_guessing_at_sign_in() -> None:
    owner = Owner()
    owner.grow_stale()
    values = {"old_password": "wrong password here", "password": NEW}
    answers = [owner.client.post(PAGE, values).status_code for _try in range(SIGN_IN.amount + 1)]
    assert answers[-1] == 429


def test_a_new_way_does_not_spare_the_old_password() -> None:
    owner = Owner()
    owner.sign_in(ways.app(owner.account, added_at_one_factor=True))
    assert "Password that you have now" in owner.get(PAGE).content.decode()
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert "Password that you have now" not in owner.get(PAGE).content.decode()


def test_an_easy_password_is_refused() -> None:
    owner = Owner()
    assert "easy to guess" in owner.client.post(PAGE, {"password": "password1234"}).content.decode()


def test_a_password_from_the_mailbox_stays_one_unless_a_second_step_vouches() -> None:
    owner = Owner()
    Account.objects.update(password_from_mailbox=True)
    owner.client.post(PAGE, {"password": NEW})
    owner.account.refresh_from_db()
    assert owner.account.password_from_mailbox


def test_a_change_after_both_steps_makes_the_password_its_owners() -> None:
    owner = Owner()
    owner.sign_in(ways.app(owner.account))
    Account.objects.update(password_from_mailbox=True, password_suspect_since=timezone.now())
    owner.client.post(PAGE, {"password": NEW})
    owner.account.refresh_from_db()
    assert not owner.account.password_from_mailbox
    assert owner.account.password_suspect_since is None


def test_an_account_without_a_password_gets_one_by_a_fresh_passkey_alone() -> None:
    owner = Owner()
    passkey = ways.way(owner.account, "passkey")
    Account.objects.update(password="!")
    Session.objects.filter(ended_at=None).update(
        proofs=[{"method": "passkey", "at": 0, "authenticator": str(passkey.pk)}]
    )
    assert "Add a password" in owner.get(PAGE).content.decode()
    owner.grow_stale()
    assert asks_to_sign_in(owner.get(PAGE))
    assert asks_to_sign_in(owner.client.post(PAGE, {"password": NEW}))
