"""A new password by a mailed link: once, for half an hour, signing nobody in."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import Account, AuditEvent, EmailAddress, OutboundMessage, Session
from accounts.passwords.operations import hashed
from accounts.signals import credential_changed
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.reset.forgetful import NEW, Forgetful
from tests.accounts.visitor import Visitor, counted_hashes
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org", password=PASSWORD)


@pytest.fixture
def link(ann: Account) -> str:
    return Forgetful().link(ann.sign_in_name)


def has(account: Account, password: str) -> bool:
    account.refresh_from_db()
    return account.check_password(password)


def test_the_link_changes_the_password_and_signs_nobody_in(ann: Account, link: str) -> None:
    browser = Forgetful()
    response = browser.choose(link)
    assert (response.status_code, response["Location"]) == (302, "/reset-password/done")
    assert has(ann, NEW)
    assert not has(ann, PASSWORD)
    assert "session" not in browser.client.cookies
    assert "Sign in with your new password" in browser.client.get("/reset-password/done").text


def test_every_session_and_all_offline_access_ends(ann: Account, link: str) -> None:
    factories.session(ann)
    factories.session(ann)
    news: list[dict[str, Any]] = []

    def hear(**news_item: Any) -> None:
        news.append(news_item)

    credential_changed.connect(hear)
    try:
        Forgetful().choose(link)
    finally:
        credential_changed.disconnect(hear)
    assert set(Session.objects.values_list("end_reason", flat=True)) == {"password_reset"}
    assert [(n["account"], n["kept_session"], n["offline_ends"]) for n in news] == [
        (ann, None, True)
    ]


def test_opening_the_link_changes_nothing(ann: Account, link: str) -> None:
    before = list(OutboundMessage.objects.values()), list(Account.objects.values())
    for _look in range(3):
        assert Forgetful().client.get(link).status_code == 200
    assert Forgetful().client.head(link).status_code == 200
    assert (list(OutboundMessage.objects.values()), list(Account.objects.values())) == before
    Forgetful().choose(link)
    assert has(ann, NEW)


def test_the_links_page_is_kept_by_nobody_and_tells_no_other_site_its_address(link: str) -> None:
    headers = Forgetful().client.get(link).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_link_works_once(ann: Account, link: str) -> None:
    Forgetful().choose(link)
    response = Forgetful().choose(link, "another lantern orchard")
    assert response.status_code == 404
    assert "used already" in response.content.decode()
    assert has(ann, NEW)


def test_a_used_link_costs_no_hash(link: str) -> None:
    Forgetful().choose(link)
    with counted_hashes() as hashes:
        Forgetful().choose(link)
    assert hashes.call_count == 0


def test_the_new_password_is_hashed_before_anything_is_locked(ann: Account, link: str) -> None:
    open_before = len(connection.atomic_blocks)
    open_then: list[int] = []

    def noting(password: str) -> str:
        open_then.append(len(connection.atomic_blocks))
        return hashed(password)

    with mock.patch("accounts.recovery.reset.operations.hashed", noting):
        Forgetful().choose(link)
    assert open_then == [open_before]
    assert has(ann, NEW)


def test_a_link_works_for_half_an_hour(ann: Account, link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=False):
        assert Forgetful().client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert "too old" in Forgetful().client.get(link).content.decode()
        assert Forgetful().choose(link).status_code == 404
    assert has(ann, PASSWORD)


def test_a_newer_link_makes_the_older_one_void(ann: Account, link: str) -> None:
    newer = Forgetful().link(ann.sign_in_name)
    response = Forgetful().choose(link)
    assert "newer email" in response.content.decode()
    assert has(ann, PASSWORD)
    Forgetful().choose(newer)
    assert has(ann, NEW)


def test_a_link_for_one_account_leaves_anothers_alone(ann: Account, link: str) -> None:
    ben = factories.account("ben@example.org", password=PASSWORD)
    Forgetful().link("ben@example.org")
    Forgetful().choose(link)
    assert has(ann, NEW)
    assert has(ben, PASSWORD)


def test_a_link_of_another_purpose_opens_nothing(ann: Account, link: str) -> None:
    browser = Forgetful()
    flow = str(browser.client.get("/sign-up")["Location"]).partition("flow=")[2]
    browser.client.post("/sign-up", {"flow": flow, "email": "new@example.org"})
    sign_up_token = post.newest().path("/sign-up/confirm/").rpartition("/")[2]
    reset_token = link.rpartition("/")[2]
    assert browser.choose(f"/reset-password/{sign_up_token}").status_code == 404
    assert browser.client.get(f"/sign-up/confirm/{reset_token}").status_code == 404
    assert has(ann, PASSWORD)


def test_a_suspended_account_is_not_reset_by_a_link_it_had(ann: Account, link: str) -> None:
    Account.objects.update(status=Account.Status.SUSPENDED)
    assert Forgetful().choose(link).status_code == 404
    assert has(ann, PASSWORD)


def test_a_link_is_void_once_the_mailbox_is_shared(ann: Account, link: str) -> None:
    factories.account("ann@example.org", sign_in_name="ben.example")
    assert Forgetful().choose(link).status_code == 404
    assert has(ann, PASSWORD)


def test_a_link_is_void_once_the_address_is_no_longer_the_accounts(ann: Account, link: str) -> None:
    EmailAddress.objects.filter(account=ann).delete()
    assert Forgetful().choose(link).status_code == 404
    assert has(ann, PASSWORD)


def test_a_link_is_void_once_the_address_is_unsafe(ann: Account, link: str) -> None:
    EmailAddress.objects.filter(account=ann).update(unsafe_since=timezone.now())
    assert Forgetful().choose(link).status_code == 404
    assert has(ann, PASSWORD)


def test_a_link_adds_no_password_where_there_is_none_any_more(ann: Account, link: str) -> None:
    ann.set_unusable_password()
    ann.save()
    assert Forgetful().choose(link).status_code == 404
    ann.refresh_from_db()
    assert not ann.has_password


def test_the_new_password_proves_no_more_than_the_mailbox(ann: Account, link: str) -> None:
    Forgetful().choose(link)
    ann.refresh_from_db()
    assert ann.password_from_mailbox


def test_a_weak_password_is_refused_and_leaves_the_link_good(ann: Account, link: str) -> None:
    page = Forgetful().choose(link, "short").content.decode()
    assert "12 characters or more" in page
    Forgetful().choose(link)
    assert has(ann, NEW)


def test_the_owner_is_told_by_mail(ann: Account, link: str) -> None:
    Forgetful().choose(link)
    letter = post.newest()
    assert (letter.to, letter.subject) == ("ann@example.org", "Your password was changed")
    assert NEW not in letter.text + letter.html
    del ann


def test_the_owner_stops_a_password_that_was_not_theirs_by_the_mail(
    ann: Account, link: str
) -> None:
    factories.email_address(ann, "second@example.org", is_primary=False)
    Forgetful().choose(link)
    (told,) = [letter for letter in post.letters() if letter.to == "second@example.org"]
    owner = Visitor()
    not_me = told.path("/safety/")
    assert "Your password was changed by a link in an email" in owner.get(not_me).content.decode()
    owner.client.post(not_me)
    assert owner.submit("ann@example.org", NEW).status_code == 403
    assert owner.session is None


def test_every_safe_address_is_told(ann: Account, link: str) -> None:
    factories.email_address(ann, "second@example.org", is_primary=False)
    factories.email_address(
        ann, "unsafe@example.org", is_primary=False, unsafe_since=timezone.now()
    )
    Forgetful().choose(link)
    told = {letter.to for letter in post.letters() if letter.subject == "Your password was changed"}
    assert told == {"ann@example.org", "second@example.org"}


def test_the_reset_is_recorded(ann: Account, link: str) -> None:
    Forgetful().choose(link)
    events = AuditEvent.objects.filter(account_id=ann.pk, object_kind="password")
    assert [(event.event, event.reason) for event in events.order_by("pk")] == [
        ("account:password_reset:requested", "link"),
        ("account:password:reset", ""),
    ]


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "%ff", "a" * 5000, "%ed%a0%80"])
def test_a_link_that_was_never_sent_is_a_plain_page(token: str) -> None:
    browser = Forgetful()
    for response in (
        browser.client.get(f"/reset-password/{token}"),
        browser.choose(f"/reset-password/{token}"),
    ):
        assert response.status_code == 404
