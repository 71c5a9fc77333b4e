"""Reports of mails that came back: only what names a mail of ours, and says that it failed."""

import io
import sys
from email import message_from_string
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import OutboundMessage
from accounts.notices.bounces import failed_mail
from accounts.notices.catalogue import Template
from accounts.notices.operations import note_bounced, queue
from tests.accounts import post

ID = "6f1c6f5e-6f0b-4a53-9b53-1d0c0a2c7a11"
# As Postfix writes it.
REPORT = """\
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: no-reply@example.org
Subject: Undelivered Mail Returned to Sender
Message-Id: <20330503120000.ABCDEF@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.org
Action: {action}
Status: 5.1.1

--B
Content-Type: {kind}

Message-ID: <{message_id}@login.example.org>
Subject: Your account closes unless you sign in

--B--
"""


def report(
    *, message_id: str = f"{ID}.1", action: str = "failed", kind: str = "message/rfc822"
) -> bytes:
    return REPORT.format(message_id=message_id, action=action, kind=kind).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_the_mail_is_found_by_what_comes_back_of_it(kind: str) -> None:
    assert str(failed_mail(report(kind=kind))) == ID


@pytest.mark.parametrize(
    "received",
    [
        report(action="delayed"),
        report(action="relayed"),
        report(message_id="1234"),
        report(message_id=f"{ID}"),
        report(message_id=f"x{ID[1:]}.1"),
        b"",
        b"\xff\x00" * 1000,
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Subject: I am away\nMessage-ID: <%s.1@login.example.org>\n\nHello" % ID.encode(),
    ],
)
def test_whatever_else_comes_to_that_mailbox_is_no_mail_that_came_back(received: bytes) -> None:
    assert failed_mail(received) is None


@pytest.mark.django_db
def test_a_mail_that_was_sent_counts_as_not_arrived_from_then_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = queue(template=Template.SHARING_TOLD, address="ann@example.org", language="en-gb")
    assert not note_bounced(message_id=message.pk)
    post.send()
    written_id = str(message_from_string(mail.outbox[-1].message().as_string())["Message-ID"])
    told = [bounce(report(message_id=written_id.split("@", maxsplit=1)[0].strip("<")), monkeypatch)]
    told.append(bounce(report(message_id=f"{uuid4()}.1"), monkeypatch))
    message.refresh_from_db()
    assert message.state == OutboundMessage.State.BOUNCED
    assert told == ["Noted\n", "Not a report of a mail that we sent\n"]


def bounce(received: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have a mail server pipe this to the command, and return what it says."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(received)))
    call_command("note_bounce", stdout=said)
    return said.getvalue()
