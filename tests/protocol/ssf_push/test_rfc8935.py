"""RFC 8935: security events pushed to the applications that asked for that."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from accounts.notices.jobs import send_message
from accounts.suspension import operations as suspension
from idp.models import EventStream, SecurityEvent
from idp.ssf.event_types import EventType
from idp.ssf.push import jobs, sending
from tests.accounts.security.outgoing.servers import answering, serving
from tests.protocol import tokens
from tests.protocol.ssf_push.receiving import (
    ACCEPTED,
    FAILED,
    HEADER,
    Receiver,
    push_stream,
    queued,
    said,
)

pytestmark = pytest.mark.django_db

State = SecurityEvent.State


class TestSection2Delivery:
    """§2.1, §2.2: the request, and what says that it was taken."""

    def test_the_token_is_the_body_of_a_post_with_the_header_that_the_receiver_wants(
        self, account: Account, stream: EventStream, receiver: Receiver
    ) -> None:
        event = queued(account)
        assert sending.send(event.pk) is None
        (head,) = receiver.heads
        lines = head.lower().split("\r\n")
        assert lines[0] == "post /events http/1.1"
        assert "content-type: application/secevent+jwt" in lines
        assert "accept: application/json" in lines
        assert f"authorization: {HEADER.lower()}" in lines
        claims = tokens.claims(receiver.events[0], stream.application.client_id)
        assert claims["jti"] == str(event.pk)
        assert claims["events"] == {EventType.ACCOUNT_DISABLED.uri: {}}

    @pytest.mark.usefixtures("receiver")
    def test_the_header_is_not_in_the_database_to_be_read(
        self, stream: EventStream, account: Account
    ) -> None:
        sending.send(queued(account).pk)
        row = EventStream.objects.filter(pk=stream.pk).values().get()
        assert not [value for value in row.values() if HEADER in str(value)]

    def test_without_a_registered_header_there_is_none(
        self, account: Account, stream: EventStream, receiver: Receiver
    ) -> None:
        EventStream.objects.filter(pk=stream.pk).update(authorization_header="")
        sending.send(queued(account).pk)
        assert "authorization" not in receiver.heads[0].lower()

    @pytest.mark.usefixtures("stream")
    def test_what_was_taken_is_on_record_and_never_sent_again(
        self, account: Account, receiver: Receiver
    ) -> None:
        event = queued(account)
        sending.send(event.pk)
        sending.send(event.pk)
        event.refresh_from_db()
        assert (event.state, event.tries, event.last_status) == (State.DELIVERED, 1, 202)
        assert event.done_at is not None
        assert len(receiver.events) == 1

    @pytest.mark.usefixtures("stream")
    def test_an_act_that_is_undone_tells_nobody(self, account: Account) -> None:
        with transaction.atomic():
            queued(account)
            transaction.set_rollback(True)
        assert not SecurityEvent.objects.exists()
        assert not DBTaskResult.objects.filter(task_path=jobs.push.module_path).exists()

    @pytest.mark.usefixtures("stream")
    def test_mails_come_before_what_applications_are_told(self, account: Account) -> None:
        suspension.suspend(account=account, by=OPERATOR)
        queued = dict(DBTaskResult.objects.values_list("task_path", "priority"))
        assert queued[send_message.module_path] > queued[jobs.push.module_path]


class TestSection23Failures:
    """§2.3: what is refused is not sent again; whatever else happens, it is."""

    @pytest.mark.usefixtures("stream")
    def test_what_the_receiver_refuses_is_on_record_and_not_sent_again(
        self, account: Account, receiver: Receiver
    ) -> None:
        receiver.say("HTTP/1.1 400 Bad Request", b'{"err": "invalid_audience"}')
        event = queued(account)
        assert sending.send(event.pk) is None
        event.refresh_from_db()
        assert (event.state, event.last_status) == (State.REFUSED, 400)
        assert event.last_error == "invalid_audience"

    @pytest.mark.parametrize(
        "head, body",
        [
            ("HTTP/1.1 200 OK", b"<html>Our web site</html>"),
            ("HTTP/1.1 400 Bad Request", b"<html>nginx</html>"),
            ("HTTP/1.1 401 Unauthorized", b""),
            ("HTTP/1.1 503 Service Unavailable", b""),
            ("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest", b""),
            ("HTTP/1.1 202 Accepted", b"x" * 20_000),
            ("SSH-2.0-OpenSSH_9.2", b""),
        ],
    )
    @pytest.mark.usefixtures("stream")
    def test_whatever_else_answers_it_is_asked_again(
        self, account: Account, receiver: Receiver, head: str, body: bytes
    ) -> None:
        receiver.say(head, body)
        event = queued(account)
        assert sending.send(event.pk) is not None
        event.refresh_from_db()
        assert (event.state, event.tries) == (State.QUEUED, 1)

    def test_a_redirect_is_not_followed(
        self, account: Account, stream: EventStream, receiver: Receiver, settings: Settings
    ) -> None:
        """It would carry the receiver's header, and our request, to wherever somebody likes."""
        with serving(answering(b"", head=ACCEPTED)) as inside:
            settings.OUTGOING_ALLOW.append(f"127.0.0.1:{inside.port}")
            to = f"http://127.0.0.1:{inside.port}/"
            receiver.say(f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {to}")
            event = queued(account)
            sending.send(event.pk)
        assert inside.seen == []
        event.refresh_from_db()
        assert (event.state, event.last_error) == (State.QUEUED, "redirect")
        assert event.stream == stream

    @pytest.mark.parametrize("url", ["https://127.0.0.1:8443/", "https://169.254.169.254/"])
    def test_an_address_inside_is_never_asked(
        self, account: Account, settings: Settings, url: str
    ) -> None:
        settings.OUTGOING_ALLOW = []
        push_stream(account, url)
        event = queued(account)
        sending.send(event.pk)
        event.refresh_from_db()
        assert (event.state, event.last_status) == (State.QUEUED, None)
        assert event.last_error

    @pytest.mark.usefixtures("stream")
    def test_each_try_says_the_same(
        self, account: Account, receiver: Receiver, clock: time_machine.Traveller
    ) -> None:
        """RFC 8417 §2.2: by `jti` the receiver knows that it has had it."""
        receiver.say(FAILED)
        event = queued(account)
        clock.move_to(sending.send(event.pk) or timezone.now())
        sending.send(event.pk)
        first, second = (said(one) for one in receiver.events)
        assert first == second
