"""News of security events: what is told, to which addresses, and what goes out together."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.history.queries import mail_of
from accounts.models import Account, EmailAddress, OutboundMessage
from accounts.notices import delivery
from accounts.notices.news import Item, News
from accounts.notices.operations import tell
from accounts.notices.wording import SENTENCES, line
from tests import factories
from tests.accounts import post

pytestmark = pytest.mark.django_db

NAME = "ann@example.org"


@pytest.fixture
def account() -> Account:
    return factories.account(NAME)


@pytest.mark.parametrize("news", News)
def test_every_news_has_words_and_no_name_of_the_code(news: News) -> None:
    text = line(Item(news, timezone.now()))
    assert str(SENTENCES[news])
    assert news.value not in text or news.value.isalpha()


def test_an_item_comes_back_as_it_was_kept() -> None:
    now = timezone.now().replace(microsecond=0)
    for item in (
        Item(News.FROZEN, now),
        Item(News.WAY_ADDED, now, "passkey"),
        Item(News.RECOVERY_STARTED, now, due=now + timedelta(hours=72), is_farewell=True),
    ):
        assert Item.from_json(item.as_json()) == item


def test_news_of_five_minutes_goes_out_in_one_mail(account: Account) -> None:
    tell(account=account, news=News.WAY_ADDED, detail="passkey")
    tell(account=account, news=News.WAY_REMOVED, detail="app")
    assert DBTaskResult.objects.count() == 1
    text = post.newest().text
    assert len(mail.outbox) == 1
    assert text.index("added (passkey)") < text.index("removed (app that shows codes)")


def test_the_mail_waits_for_as_long_as_the_setting_says(account: Account) -> None:
    with override_settings(NOTICE_DELAY=timedelta(minutes=5)):
        tell(account=account, news=News.FROZEN)
    wait = DBTaskResult.objects.get().run_after - timezone.now()
    assert timedelta(minutes=4, seconds=50) < wait <= timedelta(minutes=5)


def test_news_after_that_time_goes_out_in_a_mail_of_its_own(account: Account) -> None:
    tell(account=account, news=News.FROZEN)
    OutboundMessage.objects.update(send_after=timezone.now())
    tell(account=account, news=News.UNFROZEN)
    assert len(post.letters()) == 2


def test_a_mail_that_is_being_sent_takes_no_more_news(account: Account) -> None:
    """Its text is made already: what is added now would reach nobody."""
    tell(account=account, news=News.FROZEN)
    first = OutboundMessage.objects.get()
    delivery._prepare(first.pk)  # noqa: SLF001 - between making the text and having sent it
    tell(account=account, news=News.UNFROZEN)
    first.refresh_from_db()
    assert [kept["news"] for kept in first.news] == ["frozen"]
    assert OutboundMessage.objects.count() == 2


def test_what_rolls_back_is_told_to_nobody(account: Account) -> None:
    with transaction.atomic():
        tell(account=account, news=News.FROZEN)
        transaction.set_rollback(True)
    assert not OutboundMessage.objects.exists()


def test_every_safe_address_gets_its_own_mail_and_link(account: Account) -> None:
    factories.email_address(account, "second@example.org", is_primary=False)
    tell(account=account, news=News.FROZEN)
    letters = post.letters()
    assert {letter.to for letter in letters} == {NAME, "second@example.org"}
    assert len({letter.path("/safety/") for letter in letters}) == 2


def test_an_unsafe_address_is_told_nothing(account: Account) -> None:
    unsafe = {"is_primary": False, "unsafe_since": timezone.now()}
    factories.email_address(account, "ex@example.org", **unsafe)
    tell(account=account, news=News.FROZEN)
    assert {letter.to for letter in post.letters()} == {NAME}


@pytest.mark.parametrize("removed", [True, False])
def test_an_address_given_up_before_the_mail_left_is_told_nothing(
    account: Account, *, removed: bool
) -> None:
    tell(account=account, news=News.FROZEN)
    if removed:
        EmailAddress.objects.all().delete()
    else:
        EmailAddress.objects.update(unsafe_since=timezone.now())
    assert post.letters() == []
    assert OutboundMessage.objects.get().state == "dropped"


def test_an_address_that_was_just_removed_is_told_so(account: Account) -> None:
    EmailAddress.objects.all().delete()
    factories.email_address(account, "new@example.org")
    tell(account=account, news=News.EMAIL_REMOVED, also_to=[NAME])
    assert {letter.to for letter in post.letters()} == {NAME, "new@example.org"}


def test_a_discreet_mail_gives_nothing_away_on_a_locked_phone(account: Account) -> None:
    account.is_discreet = True
    account.save()
    tell(account=account, news=News.FROZEN)
    letter = post.newest()
    sender = mail.outbox[0].from_email
    assert "Borough" not in letter.subject + sender
    assert "account" not in letter.subject
    assert sender.endswith("<no-reply@example.org>")
    assert "Borough Login account" not in letter.text


def test_a_newer_notice_leaves_the_link_of_an_older_one_working(account: Account) -> None:
    tell(account=account, news=News.FROZEN)
    first = post.newest().path("/safety/")
    tell(account=account, news=News.UNFROZEN)
    post.newest()
    assert mail_of(first.rpartition("/")[2]) is not None


def test_a_kind_of_browser_stands_as_it_is(account: Account) -> None:
    tell(account=account, news=News.SIGNED_IN_SOMEWHERE_NEW, detail="Firefox on Linux")
    assert "(Firefox on Linux)" in post.newest().text
