"""The page of where somebody is signed in, and ending one place or all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Account, RememberedDevice, Session
from tests import factories
from tests.accounts import post
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

NAME = "ann@example.org"
PAGE = "/account/where-you-are-signed-in"


@pytest.fixture
def account() -> Account:
    return factories.account(NAME, password=factories.PASSWORD)


@pytest.fixture
def resident(account: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(account.sign_in_name)
    return visitor


def device(account: Account) -> RememberedDevice:
    soon = timezone.now() + timedelta(days=30)
    return RememberedDevice.objects.create(
        account=account, token_hash="x", started_on="Safari on iPad", expires_at=soon
    )


def ended(session: Session) -> str:
    session.refresh_from_db()
    return session.end_reason


def test_each_place_tells_kind_of_browser_when_and_how(account: Account, resident: Visitor) -> None:
    factories.session(account, started_on="Chrome on Android", is_shared_device=True)
    text = resident.get(PAGE).content.decode()
    assert "Chrome on Android" in text
    assert "by password" in text
    assert "others use too" in text
    assert text.index("In this browser") < text.index("In other browsers")
    assert text.index("In other browsers") < text.index("Chrome on Android")


def test_whoever_is_signed_in_nowhere_else_is_told_so(account: Account, resident: Visitor) -> None:
    assert "You are signed in nowhere else" in resident.get(PAGE).content.decode()
    factories.session(account)
    assert "You are signed in nowhere else" not in resident.get(PAGE).content.decode()


def test_buttons_of_places_that_look_the_same_are_heard_apart(
    account: Account, resident: Visitor
) -> None:
    at = timezone.now() - timedelta(minutes=5)
    for _number in range(2):
        factories.session(account, started_on="Chrome on Android", auth_time=at)
    text = resident.get(PAGE).content.decode()
    assert (text.count("by password, 1 of 2)"), text.count("by password, 2 of 2)")) == (1, 1)


def test_a_session_that_is_over_is_not_there(account: Account, resident: Visitor) -> None:
    factories.session(account, started_on="Chrome on Android", ended_at=timezone.now())
    factories.session(account, started_on="Opera on Mac", expires_at=timezone.now())
    text = resident.get(PAGE).content.decode()
    assert "Android" not in text
    assert "Opera" not in text


def test_one_place_is_ended_and_the_others_stay(account: Account, resident: Visitor) -> None:
    tablet, phone = factories.session(account), factories.session(account)
    answer = resident.client.post(PAGE, {"session": str(tablet.pk)})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert (ended(tablet), ended(phone)) == ("ended_by_owner", "")
    assert resident.session is not None


def test_nobody_ends_another_account_s_session(resident: Visitor) -> None:
    other = factories.session(factories.account())
    resident.client.post(PAGE, {"session": str(other.pk)})
    assert ended(other) == ""


def test_nobody_forgets_another_account_s_device(resident: Visitor) -> None:
    other = device(factories.account())
    resident.client.post(PAGE, {"device": str(other.pk)})
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.mark.parametrize("value", ["", "x", "%00", "%ED%A0%80", "1" * 5000, str(uuid4())])
def test_what_is_no_place_ends_nothing(account: Account, resident: Visitor, value: str) -> None:
    other = factories.session(account)
    for name in ("session", "device"):
        form = "application/x-www-form-urlencoded"
        answer = resident.client.post(PAGE, f"{name}={value}", content_type=form)
        assert answer.status_code == 303
    assert resident.client.post(PAGE).status_code == 303
    assert ended(other) == ""


def test_a_remembered_device_is_listed_and_forgotten(account: Account, resident: Visitor) -> None:
    row = device(account)
    assert "Safari on iPad" in resident.get(PAGE).content.decode()
    resident.client.post(PAGE, {"device": str(row.pk)})
    row.refresh_from_db()
    assert row.ended_at is not None
    assert "Safari on iPad" not in resident.get(PAGE).content.decode()


def test_signing_out_everywhere_ends_this_browser_too(account: Account, resident: Visitor) -> None:
    tablet, row = factories.session(account), device(account)
    answer = resident.client.post(PAGE, {"everything": "yes"})
    assert answer["Location"] == "/sign-out"
    assert not resident.cookie
    assert ended(tablet) == "ended_by_owner"
    row.refresh_from_db()
    assert row.ended_at is not None
    assert "signed out everywhere" in post.newest().text


def test_looking_ends_nothing(account: Account, resident: Visitor) -> None:
    other = factories.session(account)
    resident.get(f"{PAGE}?everything=yes&session={other.pk}")
    resident.client.head(PAGE)
    assert ended(other) == ""
