"""What the link in a security mail does, and what nobody can do with it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Method
from accounts.mfa.decorators import standing_of
from accounts.mfa.queries import methods_of, set_aside_of
from accounts.mfa.rules import Standing
from accounts.models import Account, AuditEvent, Authenticator, EmailAddress, OutboundMessage
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.notices.operations import queue, tell
from tests import factories
from tests.accounts import post
from tests.accounts.history.mail import link_of
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

NAME = "ann@example.org"
LONG_AGO = timedelta(days=40)


@pytest.fixture
def account() -> Account:
    """Return an account with a password and, for long, a code sheet."""
    account = factories.account(NAME, password=factories.PASSWORD)
    factories.way(account, "code_sheet", created_at=timezone.now() - LONG_AGO)
    return account


def suspects() -> list[str]:
    return list(Authenticator.objects.exclude(suspect_since=None).values_list("kind", flat=True))


def test_a_scanner_that_opens_every_link_twice_changes_nothing(account: Account) -> None:
    factories.way(account)
    link, scanner = link_of(account), Visitor()
    session = factories.session(account)
    for path in ("", "/freeze", "/done", "/check"):
        for _time in range(2):
            scanner.get(link + path)
            scanner.client.head(link + path)
    session.refresh_from_db()
    account.refresh_from_db()
    assert (session.ended_at, account.status, suspects()) == (None, "active", [])
    assert OutboundMessage.objects.get().used_at is None


def test_the_button_signs_everybody_out_and_stops_what_is_new(account: Account) -> None:
    factories.way(account)
    session = factories.session(account)
    link, reader = link_of(account), Visitor()
    answer = reader.client.post(link)
    assert (answer.status_code, answer["Location"]) == (303, f"{link}/done")
    session.refresh_from_db()
    assert session.end_reason == "not_me"
    assert suspects() == ["app"]
    assert reader.session is None
    assert "do not work" in post.newest().text


def test_a_password_changed_since_opens_nothing(account: Account) -> None:
    account.password_changed_at = timezone.now()
    account.save()
    Visitor().client.post(link_of(account, News.PASSWORD_CHANGED))
    answer = Visitor().submit(NAME)
    assert answer.status_code == 403
    assert b"It works no more" in answer.content
    wrong = Visitor().submit(NAME, "wrong kettle marathon")
    assert b"works no more" not in wrong.content


def test_who_made_an_account_is_signed_out_and_loses_no_way_in_by_the_first_mail(
    account: Account,
) -> None:
    """Else whoever shares the mailbox could lock a new owner out for good."""
    account.password_changed_at = account.created_at
    account.save()
    queue(
        template=Template.ACCOUNT_CREATED,
        address=NAME,
        account=account,
        language="en-gb",
        news=News.ACCOUNT_CREATED,
    )
    link, session, reader = post.newest().path("/safety/"), factories.session(account), Visitor()
    assert "Your account was created" in reader.get(link).text
    assert reader.client.post(link)["Location"] == f"{link}/done"
    session.refresh_from_db()
    account.refresh_from_db()
    assert (session.end_reason, account.password_suspect_since) == ("not_me", None)
    assert reader.client.post(f"{link}/freeze").status_code == 303
    account.refresh_from_db()
    assert account.status == "frozen"


def test_an_older_password_goes_on_working(account: Account) -> None:
    account.password_changed_at = timezone.now() - LONG_AGO
    account.save()
    Visitor().client.post(link_of(account, News.SIGNED_IN_SOMEWHERE_NEW))
    account.refresh_from_db()
    assert account.password_suspect_since is None


def test_the_link_works_once_and_then_tells_what_it_did(account: Account) -> None:
    link = link_of(account)
    Visitor().client.post(link)
    session = factories.session(account)
    again = Visitor()
    assert again.client.post(link)["Location"] == f"{link}/done"
    assert again.get(link)["Location"] == f"{link}/done"
    session.refresh_from_db()
    assert session.ended_at is None


def test_the_mailbox_alone_does_not_do_away_with_a_second_step(account: Account) -> None:
    """An ex with the mailbox and the password stops her new app, and is asked for it all the same.

    Else the link would open what a mailbox and a password open only after 72 hours and notices.
    """
    Authenticator.objects.all().delete()
    factories.way(account)
    Visitor().client.post(link_of(account))
    assert suspects() == ["app"]
    ex = Visitor()
    answer = ex.submit(NAME)
    assert answer["Location"].startswith("/sign-in/second-step")
    assert ex.session is None


def test_the_mailbox_does_not_let_a_password_decide_over_a_passkey(account: Account) -> None:
    Authenticator.objects.all().delete()
    factories.way(account, "passkey")
    Visitor().client.post(link_of(account))
    ex = Visitor()
    ex.submit(NAME)
    assert ex.session is not None
    assert standing_of(ex.session) is Standing.STALE


def test_a_second_time_within_a_month_only_signs_everybody_out(account: Account) -> None:
    factories.way(account)
    Visitor().client.post(link_of(account))
    Authenticator.objects.update(suspect_since=None)
    session = factories.session(account)
    factories.way(account, "passkey")
    link = link_of(account)
    answer = Visitor().client.post(link)
    assert answer["Location"] == f"{link}/check"
    assert suspects() == []
    session.refresh_from_db()
    assert session.end_reason == "not_me"


def test_another_mailbox_of_the_owner_may_still_do_it(account: Account) -> None:
    factories.way(account)
    Visitor().client.post(link_of(account))
    Authenticator.objects.update(suspect_since=None)
    EmailAddress.objects.all().delete()
    factories.email_address(account, "new@example.org")
    Visitor().client.post(link_of(account))
    assert suspects() == ["app"]


def test_a_freeze_by_the_link_works_also_after_its_first_button(account: Account) -> None:
    link = link_of(account)
    Visitor().client.post(link)
    answer = Visitor().client.post(f"{link}/freeze")
    assert answer["Location"] == "/frozen"
    account.refresh_from_db()
    assert account.status == "frozen"


def test_the_link_unfreezes_and_restores_nothing(account: Account) -> None:
    link = link_of(account)
    reader = Visitor()
    reader.client.post(f"{link}/freeze")
    reader.client.post(f"{link}/freeze")
    reader.client.post(link)
    account.refresh_from_db()
    assert account.status == "frozen"
    assert reader.session is None


def test_a_second_freeze_by_the_mailbox_leads_to_a_check(account: Account) -> None:
    link, reader = link_of(account), Visitor()
    reader.client.post(f"{link}/freeze")
    account.freezes.update(ended_at=timezone.now())
    Account.objects.update(status="active")
    answer = reader.client.post(f"{link}/freeze")
    assert answer["Location"] == f"{link}/check"
    assert b"counter" in reader.get(f"{link}/check").content
    account.refresh_from_db()
    assert account.status == "active"


@pytest.mark.parametrize("path", ["", "/freeze"])
def test_a_link_from_an_address_marked_unsafe_is_refused(account: Account, path: str) -> None:
    link = link_of(account)
    EmailAddress.objects.update(unsafe_since=timezone.now())
    for method in ("get", "post"):
        assert getattr(Visitor().client, method)(link + path).status_code == 404
    account.refresh_from_db()
    assert account.status == "active"
    assert not AuditEvent.objects.filter(event="account:not_me:said").exists()


@pytest.mark.parametrize("path", ["", "/freeze"])
def test_a_link_from_an_address_that_was_removed_is_refused(account: Account, path: str) -> None:
    link = link_of(account)
    EmailAddress.objects.all().delete()
    assert Visitor().client.post(link + path).status_code == 404


def test_the_mail_that_says_goodbye_to_an_address_can_still_freeze(account: Account) -> None:
    EmailAddress.objects.all().delete()
    factories.email_address(account, "new@example.org")
    tell(account=account, news=News.EMAIL_REMOVED, also_to=[NAME])
    goodbye = next(letter for letter in post.letters() if letter.to == NAME)
    link = goodbye.path("/safety/")
    assert Visitor().client.post(f"{link}/freeze")["Location"] == "/frozen"
    # And no later than seven days after.
    OutboundMessage.objects.update(secret_expires_at=timezone.now())
    assert Visitor().client.post(f"{link}/freeze").status_code == 404


def test_an_old_link_is_refused(account: Account) -> None:
    link = link_of(account)
    expiry = OutboundMessage.objects.get().secret_expires_at
    assert expiry is not None
    assert expiry - timezone.now() > timedelta(days=6, hours=23)
    OutboundMessage.objects.update(secret_expires_at=timezone.now())
    assert Visitor().client.post(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "%ED%A0%80", "x" * 5000, "\uff11" * 43])
def test_a_made_up_link_leads_nowhere(token: str) -> None:
    for path in ("", "/done", "/freeze", "/check"):
        assert Visitor().get(f"/safety/{token}{path}").status_code == 404


def test_a_link_of_another_purpose_is_no_safety_link(account: Account) -> None:
    token = link_of(account).rpartition("/")[2]
    assert Visitor().get(f"/reset-password/{token}").status_code == 404


def test_a_forged_host_does_not_steer_the_mailed_link(account: Account, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    link = link_of(account)
    answer = Visitor().client.post(f"{link}/freeze", headers={"host": "evil.example"})
    assert answer["Location"] == "/frozen"
    letter = post.newest()
    assert "evil.example" not in letter.text + letter.html
    assert letter.path("/safety/")
    assert account.email_addresses.get().address == letter.to


def test_the_link_needs_no_cookie_but_a_form_of_ours(account: Account) -> None:
    link = link_of(account)
    stranger = Visitor(csrf=True)
    assert stranger.client.post(link).status_code == 403


def test_two_people_of_one_mailbox_see_whose_account_it_is(account: Account) -> None:
    other = factories.account(NAME, sign_in_name="bea.banks")
    link_of(account)
    assert "sign-in name ann@example.org" in post.newest().text
    page = Visitor().get(link_of(other)).content.decode()
    assert "bea.banks" in page
    assert "sign-in name bea.banks" in post.newest().text


def test_a_way_set_aside_is_not_offered_and_proves_nothing(account: Account) -> None:
    factories.way(account)
    Visitor().client.post(link_of(account))
    assert methods_of(account) == {Method.PASSWORD, Method.CODE_SHEET}
    assert set_aside_of(account) == {Method.APP}
