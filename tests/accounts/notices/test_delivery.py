"""From a queued row to a sent mail, through failures and back."""

import re
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.help_codes.operations import for_message
from accounts.models import OutboundMessage, PendingSignIn, PendingSignUp
from accounts.notices import delivery
from accounts.notices.catalogue import Template
from accounts.notices.jobs import send_message
from accounts.notices.operations import queue, queue_lost_again
from accounts.notices.queries import code_matches, find_link
from accounts.notices.rules import LinkState
from tests import factories
from tests.accounts import post

pytestmark = pytest.mark.django_db


def sign_up() -> PendingSignUp:
    soon = timezone.now() + timedelta(hours=2)
    flow = PendingSignIn.objects.create(browser_hash="x", return_to="/", expires_at=soon)
    return PendingSignUp.objects.create(
        flow=flow,
        address="ann@example.org",
        address_key="ann@example.org",
        started_on="Firefox on Linux",
        expires_at=soon,
    )


def queued(*, sign_up: PendingSignUp) -> OutboundMessage:
    return queue(
        template=Template.SIGN_UP, address=sign_up.address, sign_up=sign_up, language="en-gb"
    )


@pytest.fixture
def failing() -> Iterator[mock.Mock]:
    """Make every try to send fail as a lost connection does."""
    with mock.patch.object(
        EmailBackend, "send_messages", side_effect=SMTPServerDisconnected("ann@example.org")
    ) as sending:
        yield sending


def test_a_mail_and_its_job_are_queued_in_the_callers_transaction() -> None:
    with transaction.atomic():
        queued(sign_up=sign_up())
        transaction.set_rollback(True)
    assert not OutboundMessage.objects.exists()
    assert not DBTaskResult.objects.exists()
    queued(sign_up=sign_up())
    assert DBTaskResult.objects.count() == 1


def test_a_queued_mail_holds_no_link_and_no_code_yet() -> None:
    message = queued(sign_up=sign_up())
    assert (message.link_hash, message.code_hash) == ("", "")


def test_link_and_code_are_kept_only_as_keyed_hashes() -> None:
    message = queued(sign_up=sign_up())
    letter = post.newest()
    token = letter.path("/sign-up/confirm/").rpartition("/")[2]
    message.refresh_from_db()
    assert token not in str([*OutboundMessage.objects.values(), *DBTaskResult.objects.values()])
    assert letter.code not in OutboundMessage.objects.values_list().get()
    assert re.fullmatch(r"\w+:[\w-]{43}", message.link_hash)
    assert re.fullmatch(r"\w+:[\w-]{43}", message.code_hash)
    assert find_link("signup:confirm", token).state is LinkState.GOOD
    assert code_matches(message, letter.code)


def test_a_mail_has_text_html_and_the_councils_name() -> None:
    queued(sign_up=sign_up())
    letter = post.newest()
    assert mail.outbox[0].from_email == "Borough Login <no-reply@example.org>"
    assert "Example Borough Council" in letter.text
    assert letter.code in letter.html
    assert letter.path("/sign-up/confirm/") in letter.html


def test_a_mail_asks_for_no_automatic_answer_and_names_no_machine() -> None:
    queued(sign_up=sign_up())
    post.send()
    headers = mail.outbox[0].message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert str(headers["Message-ID"]).endswith("@localhost>")


def test_a_mail_loads_nothing_and_follows_nobody() -> None:
    queued(sign_up=sign_up())
    html = post.newest().html
    assert not re.search(r"<img|<script|<link|@import|url\(", html)
    addresses = re.findall(r'href="([^"]+)"', html)
    assert {address.partition("/sign-up")[0] for address in addresses} == {
        "http://localhost:8000",
        "tel:02079460000",
    }


def test_each_mail_has_a_help_code_for_seven_days() -> None:
    message = queued(sign_up=sign_up())
    letter = post.newest()
    help_code = for_message(message)
    assert f"{help_code.code[:4]}-{help_code.code[4:]}" in letter.text
    days = help_code.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < days <= timedelta(days=7)


def test_a_mail_is_written_in_its_own_language(settings: Settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    message = queued(sign_up=sign_up())
    OutboundMessage.objects.filter(pk=message.pk).update(language="cy")
    assert '<html lang="cy">' in post.newest().html


@pytest.mark.parametrize("language", ["cy", "ar", "", "no such"])
def test_a_mail_in_a_language_that_we_have_no_more_is_written_in_our_own(language: str) -> None:
    message = queued(sign_up=sign_up())
    OutboundMessage.objects.filter(pk=message.pk).update(language=language)
    assert '<html lang="en-gb">' in post.newest().html


def test_a_sent_mail_is_sent_once() -> None:
    message = queued(sign_up=sign_up())
    post.send()
    send_message.call(str(message.pk))
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)
    assert message.sent_at is not None


def test_a_failed_mail_is_tried_again_after_growing_waits(failing: mock.Mock) -> None:
    message = queued(sign_up=sign_up())
    waits = [delivery.deliver(message.pk) for _try in range(6)]
    minutes = [wait and wait.total_seconds() / 60 for wait in waits]
    assert minutes == [1, 5, 30, 120, 360, None]
    message.refresh_from_db()
    assert message.state == "failed"
    assert failing.call_count == 6


def test_a_mail_that_was_dropped_while_it_failed_is_not_tried_again(failing: mock.Mock) -> None:
    message = queued(sign_up=sign_up())
    rows = OutboundMessage.objects.filter(pk=message.pk)

    def drop(_mails: object) -> None:
        rows.update(state="dropped")
        raise SMTPServerDisconnected

    failing.side_effect = drop
    delivery.deliver(message.pk)
    assert rows.get().state == "dropped"


def test_the_job_of_a_failed_mail_puts_itself_off(failing: mock.Mock) -> None:
    message = queued(sign_up=sign_up())
    DBTaskResult.objects.all().delete()
    send_message.call(str(message.pk))
    job = DBTaskResult.objects.get()
    wait = job.run_after - timezone.now()
    assert timedelta(seconds=50) < wait <= timedelta(minutes=1)
    assert job.args_kwargs == {"args": [str(message.pk)], "kwargs": {}}
    del failing


@pytest.mark.parametrize("status", ["RUNNING", "FAILED", "SUCCESSFUL"])
def test_a_mail_whose_worker_was_killed_is_sent_after_all(status: str) -> None:
    message = queued(sign_up=sign_up())
    DBTaskResult.objects.update(status=status, started_at=timezone.now())
    later = timezone.now() + timedelta(hours=1, seconds=1)
    assert queue_lost_again(now=later) == 1
    assert queue_lost_again(now=later) == 0
    post.send()
    message.refresh_from_db()
    assert message.state == "sent"
    assert queue_lost_again(now=later) == 0


def test_a_mail_that_a_job_waits_for_or_sends_is_not_queued_again() -> None:
    queued(sign_up=sign_up())
    later = timezone.now() + timedelta(days=1)
    assert queue_lost_again(now=later) == 0
    DBTaskResult.objects.update(status="RUNNING", started_at=later)
    assert queue_lost_again(now=later) == 0


def test_a_mail_queued_just_now_is_left_to_its_job() -> None:
    queued(sign_up=sign_up())
    DBTaskResult.objects.all().delete()
    assert queue_lost_again(now=timezone.now()) == 0


def test_of_an_error_only_its_kind_is_kept(
    failing: mock.Mock, caplog: pytest.LogCaptureFixture
) -> None:
    message = queued(sign_up=sign_up())
    delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.last_error == "SMTPServerDisconnected"
    assert "ann@example.org" not in caplog.text
    assert str(message.pk) in caplog.text
    del failing


def test_each_try_has_a_new_link_and_code() -> None:
    message = queued(sign_up=sign_up())
    with mock.patch.object(EmailBackend, "send_messages", side_effect=OSError):
        delivery.deliver(message.pk)
    message.refresh_from_db()
    before = message.link_hash, message.code_hash
    post.send()
    message.refresh_from_db()
    assert message.state == "sent"
    assert message.link_hash != before[0]
    assert message.code_hash != before[1]


def test_a_mail_overtaken_by_a_newer_one_is_dropped() -> None:
    waiting = sign_up()
    first = queued(sign_up=waiting)
    queued(sign_up=waiting)
    post.send()
    first.refresh_from_db()
    assert first.state == "dropped"
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("column", ["refused_at", "confirmed_at", "expires_at"])
def test_a_mail_for_a_sign_up_that_is_over_is_dropped(column: str) -> None:
    message = queued(sign_up=sign_up())
    PendingSignUp.objects.update(**{column: timezone.now()})
    assert post.letters() == []
    message.refresh_from_db()
    assert message.state == "dropped"


def test_a_mail_for_nobody_is_dropped() -> None:
    queue(template=Template.PASSWORD_RESET_NO_ACCOUNT, address="", language="en-gb")
    assert post.letters() == []


def test_two_notices_without_a_link_do_not_overtake_one_another() -> None:
    account = factories.account("ann@example.org")
    for _notice in range(2):
        queue(
            template=Template.PASSWORD_RESET_DONE,
            address="ann@example.org",
            account=account,
            language="en-gb",
        )
    assert len(post.letters()) == 2


def test_link_and_code_end_with_the_sign_up() -> None:
    waiting = sign_up()
    message = queued(sign_up=waiting)
    post.send()
    message.refresh_from_db()
    assert message.secret_expires_at == waiting.expires_at


def test_a_code_of_one_mail_is_not_the_code_of_another() -> None:
    first, second = queued(sign_up=sign_up()), queued(sign_up=sign_up())
    code = post.letters()[0].code
    first.refresh_from_db()
    second.code_hash = first.code_hash
    assert code_matches(first, code)
    assert not code_matches(second, code)


def test_a_job_for_a_mail_that_is_gone_does_nothing() -> None:
    message = queued(sign_up=sign_up())
    message_id = message.pk
    message.delete()
    send_message.call(str(message_id))
    assert mail.outbox == []
