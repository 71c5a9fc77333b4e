"""Whether a privacy notice can be read by anybody, asked over real sockets."""

import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from accounts.security.outgoing import connection
from clients.approval import queries
from clients.approval.operations import SubmissionRefusedError
from clients.approval.privacy_notice.operations import NONE, OK, REDIRECT, UNREACHABLE, ask
from clients.approval.rules import Item, Mark, checklist
from clients.approval.wording import notice_answer
from clients.models import Submission
from tests.accounts.security.outgoing.servers import Answer, Server, answering, serving
from tests.clients.approval import rounds

pytestmark = pytest.mark.django_db


def _draft(address: str) -> Submission:
    """Return a draft whose privacy notice is there, and was not asked for so far."""
    row = rounds.drafted()
    row.proposal = {**row.proposal, "privacy_url": address}
    row.notice_address = row.notice_answer = ""
    row.notice_asked_at = None
    row.save()
    return row


def _listed(settings: Settings, server: Server) -> str:
    settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
    return f"http://127.0.0.1:{server.port}/privacy"


def _kept(settings: Settings, answer: Answer) -> str:
    """Return what is kept of a server that answers so, in a list that lets it be asked."""
    with serving(answer) as server:
        draft = _draft(_listed(settings, server))
        told = ask(submission=draft, by=OPERATOR)
    assert len(server.seen) == 1
    draft.refresh_from_db()
    assert draft.notice_answer == told
    # Whatever came of it is said in words.
    assert notice_answer(told)
    mark = checklist(queries.facts(draft, tried=rounds.TRIED))[Item.NOTICE]
    assert (mark is Mark.DONE) == (told == OK)
    return told


def test_one_that_anybody_can_read_is_done(settings: Settings) -> None:
    assert _kept(settings, answering(b"<h1>What we do with your details</h1>")) == OK
    event = AuditEvent.objects.filter(event="application:privacy_notice:asked").last()
    assert event is not None
    assert event.detail["answer"] == OK


@pytest.mark.parametrize("status", [204, 401, 404, 500, 503])
def test_an_answer_that_shows_no_page_is_named_and_is_not_done(
    settings: Settings, status: int
) -> None:
    answer = answering(b"", head=f"HTTP/1.1 {status} Answer")
    assert _kept(settings, answer) == f"status_{status}"


def test_a_redirect_is_not_followed_inside(settings: Settings) -> None:
    with serving(answering(b"secret of ours")) as inside:
        head = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inside.port}/admin"
        assert _kept(settings, answering(b"", head=head)) == REDIRECT
    assert inside.seen == []


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1"]
)
def test_a_name_that_leads_inside_is_not_asked(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(connection, "getaddrinfo", getaddrinfo)
    with serving(answering(b"secret of ours")) as inside:
        draft = _draft(f"https://parking.example.org:{inside.port}/privacy")
        # The same as for a name that leads nowhere: nobody maps our network by it.
        assert ask(submission=draft, by=OPERATOR) == UNREACHABLE
    assert inside.seen == []


@pytest.mark.parametrize(
    "address",
    ["http://parking.example.org/privacy", "https://10.0.0.1/", "https://[::1]/", "file:///etc"],
)
def test_an_address_of_a_draft_from_before_a_rule_is_not_asked(address: str) -> None:
    assert ask(submission=_draft(address), by=OPERATOR) == UNREACHABLE


def test_silence_ends_with_the_time(settings: Settings) -> None:
    settings.OUTGOING_TIMEOUT = timedelta(seconds=0.2)
    assert _kept(settings, lambda _to: time.sleep(0.6)) == UNREACHABLE


def test_more_than_anybody_reads_is_not_read(settings: Settings) -> None:
    assert _kept(settings, answering(b"x" * (2 * 1024 * 1024 + 1))) == UNREACHABLE


def test_without_an_address_nobody_is_asked() -> None:
    draft = _draft("")
    assert ask(submission=draft, by=OPERATOR) == NONE
    assert notice_answer(NONE)


def test_what_was_sent_to_the_council_while_it_was_asked_stays_as_it_is(
    settings: Settings,
) -> None:
    with serving(answering(b"Hello")) as server:
        draft = _draft(_listed(settings, server))
        Submission.objects.filter(pk=draft.pk).update(state="submitted")
        with pytest.raises(SubmissionRefusedError):
            ask(submission=draft, by=OPERATOR)
    draft.refresh_from_db()
    assert draft.notice_answer == ""
