"""The owner is told of a sign-in in a browser that they have not used lately, and of no other."""

import pytest
from django.conf import settings

from accounts.models import Account, AuditEvent, OutboundMessage
from tests import factories
from tests.accounts import post
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

NAME = "ann@example.org"


@pytest.fixture(autouse=True)
def account() -> Account:
    account = factories.account(NAME, password=factories.PASSWORD)
    factories.session(account)
    return account


def mails() -> int:
    return OutboundMessage.objects.filter(template="security_notice").count()


def test_a_new_browser_is_told_of_by_its_kind_alone() -> None:
    stranger = Visitor(network="198.51.100.7")
    stranger.client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux) Firefox/130 <evil>"
    stranger.submit(NAME)
    text = post.newest().text
    assert "Firefox on Linux" in text
    assert "evil" not in text
    assert "198.51" not in text


def test_the_same_browser_is_told_of_once_also_after_signing_out() -> None:
    resident = Visitor()
    resident.submit(NAME)
    assert mails() == 1
    post.send()
    resident.client.post("/sign-out")
    resident.submit(NAME)
    assert mails() == 1


def test_a_browser_that_somebody_else_used_is_new_to_this_account() -> None:
    other = factories.account("bea@example.org", password=factories.PASSWORD)
    factories.session(other)
    shared = Visitor()
    shared.submit("bea@example.org")
    shared.client.post("/sign-out")
    shared.submit(NAME)
    assert {letter.to for letter in post.letters()} == {"bea@example.org", NAME}


@pytest.mark.parametrize("how", ["not_me", "end_all", "end_one"])
def test_a_browser_that_the_owner_sent_away_is_new_again(account: Account, how: str) -> None:
    owner, stranger = Visitor(), Visitor(network="198.51.100.7")
    stranger.submit(NAME)
    owner.submit(NAME)
    post.send()
    theirs = stranger.session
    assert theirs is not None
    if how == "not_me":
        started = AuditEvent.objects.get(session_id=theirs.pk)
        owner.client.post(f"/account/history/{started.pk}/not-me")
    else:
        values = {"session": str(theirs.pk)} if how == "end_one" else {"everything": ""}
        owner.client.post("/account/where-you-are-signed-in", values)
    post.send()
    assert not stranger.session
    stranger.submit(NAME)
    assert "Somebody signed in where you had not signed in lately" in post.newest().text
    del account


def test_the_first_sign_in_of_a_new_account_is_no_news(account: Account) -> None:
    account.sessions.all().delete()
    Visitor().submit(NAME)
    assert mails() == 0


def test_a_wrong_password_is_no_news() -> None:
    Visitor().submit(NAME, "wrong kettle marathon")
    assert mails() == 0


def test_two_new_browsers_within_minutes_are_one_mail() -> None:
    Visitor().submit(NAME)
    Visitor().submit(NAME)
    assert mails() == 1
    assert post.newest().text.count("Somebody signed in") == 2
    assert settings.NOTICE_DELAY.total_seconds() > 0
