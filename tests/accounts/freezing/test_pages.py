"""Freezing on the account page, and unfreezing in the middle of a sign-in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Freeze, PendingSignIn
from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

NAME = "ann@example.org"


@pytest.fixture
def account() -> Account:
    return factories.account(NAME, password=factories.PASSWORD)


def frozen(account: Account, **columns: object) -> None:
    Freeze.objects.create(account=account, **{"by": "session", "level": 1, **columns})
    Account.objects.filter(pk=account.pk).update(status="frozen")


def is_frozen(account: Account) -> bool:
    account.refresh_from_db()
    return account.status == "frozen"


def test_looking_at_the_page_freezes_nothing(account: Account) -> None:
    resident = Visitor()
    resident.submit(NAME)
    assert b"signed out everywhere" in resident.get("/account/freeze").content
    resident.client.head("/account/freeze")
    assert not is_frozen(account)


def test_freezing_signs_its_own_browser_out(account: Account) -> None:
    resident = Visitor()
    resident.submit(NAME)
    answer = resident.client.post("/account/freeze")
    assert (answer.status_code, answer["Location"]) == (303, "/frozen")
    assert not resident.cookie
    assert is_frozen(account)
    assert resident.get("/account").status_code == 302


def test_a_stranger_freezes_nothing(account: Account) -> None:
    answer = Visitor().client.post("/account/freeze")
    assert answer["Location"].startswith("/sign-in")
    assert not is_frozen(account)


def test_the_right_password_meets_the_frozen_account_and_no_session(account: Account) -> None:
    frozen(account)
    resident = Visitor()
    answer = resident.submit(NAME)
    assert answer["Location"].startswith("/sign-in/frozen?flow=")
    page = resident.get(answer["Location"])
    assert b"Unfreeze my account" in page.content
    assert resident.session is None
    assert is_frozen(account)


def test_unfreezing_goes_on_to_where_the_sign_in_led(account: Account) -> None:
    frozen(account)
    resident = Visitor()
    flow = resident.begin("/account")
    resident.submit(NAME, flow=flow)
    answer = resident.client.post("/sign-in/frozen", {"flow": flow})
    assert (answer.status_code, answer["Location"]) == (303, "/account")
    assert resident.session is not None
    assert not is_frozen(account)


def test_a_wrong_password_learns_nothing_of_a_freeze(account: Account) -> None:
    frozen(account)
    frozen_answer = Visitor().submit(NAME, "wrong kettle marathon")
    Freeze.objects.all().delete()
    Account.objects.update(status="active")
    other_answer = Visitor().submit(NAME, "wrong kettle marathon")
    assert frozen_answer.status_code == other_answer.status_code
    assert b"frozen" not in frozen_answer.content


def test_too_weak_a_sign_in_is_told_of_other_ways(account: Account) -> None:
    frozen(account, level=2)
    resident = Visitor()
    flow = resident.begin()
    resident.submit(NAME, flow=flow)
    page = resident.get(f"/sign-in/frozen?flow={flow}")
    assert b"Sign in another way" in page.content
    assert b"Unfreeze my account" not in page.content
    resident.client.post("/sign-in/frozen", {"flow": flow})
    assert is_frozen(account)
    assert resident.session is None


def test_after_a_recovery_the_page_says_from_when(account: Account) -> None:
    frozen(account)
    held = timezone.now() + timedelta(hours=40)
    Account.objects.update(changes_held_until=held)
    resident = Visitor()
    flow = resident.begin()
    resident.submit(NAME, flow=flow)
    page = resident.get(f"/sign-in/frozen?flow={flow}")
    assert timezone.localtime(held).strftime("%B %Y").encode() in page.content
    resident.client.post("/sign-in/frozen", {"flow": flow})
    assert is_frozen(account)


def test_an_empty_post_without_proofs_unfreezes_nothing(account: Account) -> None:
    frozen(account)
    resident = Visitor()
    flow = resident.begin()
    for values in ({}, {"flow": flow}, {"flow": "x"}, {"flow": "\0"}):
        assert resident.client.post("/sign-in/frozen", values).status_code in {302, 400}
    PendingSignIn.objects.filter(pk=flow).update(account=account)
    assert resident.client.post("/sign-in/frozen", {"flow": flow}).status_code == 302
    assert is_frozen(account)


def test_another_browser_does_not_unfreeze_by_a_flow_that_is_not_its_own(account: Account) -> None:
    frozen(account)
    resident, stranger = Visitor(), Visitor()
    flow = resident.begin()
    resident.submit(NAME, flow=flow)
    stranger.get("/help/contact")
    assert stranger.client.post("/sign-in/frozen", {"flow": flow}).status_code == 400
    assert is_frozen(account)


def test_proofs_that_are_too_old_unfreeze_nothing(account: Account) -> None:
    frozen(account)
    resident = Visitor()
    flow = resident.begin()
    resident.submit(NAME, flow=flow)
    PendingSignIn.objects.update(proved_at=timezone.now() - timedelta(minutes=16))
    assert resident.client.post("/sign-in/frozen", {"flow": flow}).status_code == 302
    assert is_frozen(account)


def test_two_clicks_on_unfreeze_are_one(account: Account) -> None:
    frozen(account)
    resident = Visitor()
    flow = resident.begin("/account")
    resident.submit(NAME, flow=flow)
    resident.client.post("/sign-in/frozen", {"flow": flow})
    second = resident.client.post("/sign-in/frozen", {"flow": flow})
    assert second.status_code == 400
    assert b"signed in" in second.content


def test_a_session_from_before_is_over_after_an_unfreeze(account: Account) -> None:
    tablet, phone = Visitor(), Visitor()
    tablet.submit(NAME)
    phone.submit(NAME)
    phone.client.post("/account/freeze")
    flow = phone.begin()
    phone.submit(NAME, flow=flow)
    phone.client.post("/sign-in/frozen", {"flow": flow})
    assert phone.session is not None
    assert tablet.session is None
    assert phone.session.account == account
