"""Asks for a privacy notice, or notes that a person read it, and keeps what came of it."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.models import Account
from accounts.notices.catalogue import Template
from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from accounts.staffing.queries import is_of_council
from clients.applications.writing import locked
from clients.approval import queries, telling
from clients.approval.operations import of_state, recorded
from clients.approval.people import is_member
from clients.approval.privacy_notice.rules import Read, ReadingProblem, why_not
from clients.models import Application, NoticeReading, Submission

OK: Final = "ok"
REDIRECT: Final = "redirect"
UNREACHABLE: Final = "unreachable"
NONE: Final = "none"
_FINE: Final = 200
# Of a page with pictures inside; more would be no text to read.
_MOST_BYTES: Final = 2 * 1024 * 1024


class ReadingRefusedError(Exception):
    """That somebody read it does not count; `problem` names why."""

    def __init__(self, problem: ReadingProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def ask(*, submission: Submission, by: Actor) -> str:
    """Ask for the privacy notice that a draft names, and return `ok` or why it cannot be read.

    Call it outside any transaction: it may wait for seconds.

    Raises:
        SubmissionRefusedError: it is no draft any more.
    """
    address = queries.proposed(submission).privacy_url
    answer = _answer(address) if address else NONE
    _keep(submission, address, answer, by=by)
    return answer


@transaction.atomic
def note_reading(
    *, application: Application, address: str, reader: Account, by: Actor
) -> NoticeReading:
    """Note that somebody of the council read, in a browser, the notice that a draft names.

    Raises:
        ReadingRefusedError: the draft names another address by now or is none any more, or whoever
            read it is not of the council.
    """
    row = locked(application)
    draft = queries.open_one(row)
    read = Read(
        is_under_way=draft is not None,
        is_draft=draft is not None and draft.state == Submission.State.DRAFT,
        named=queries.proposed(draft).privacy_url if draft else "",
        address=address,
        is_of_council=is_of_council(reader),
        is_member=is_member(
            reader, of=row.organisation, since=draft.created_at if draft else timezone.now()
        ),
    )
    problem = why_not(read)
    if draft is None or problem is not None:
        raise ReadingRefusedError(problem or ReadingProblem.NOTHING_UNDER_WAY)
    now = {"address": address, "account": reader, "at": timezone.now()}
    reading, _ = NoticeReading.objects.update_or_create(submission=draft, defaults=now)
    recorded(Event.PRIVACY_NOTICE_READ, draft, by=by, reader=str(reader.pk))
    telling.tell_owners(draft, Template.SUBMISSION_CHANGED)
    return reading


@transaction.atomic
def _keep(submission: Submission, address: str, answer: str, *, by: Actor) -> None:
    row = of_state(submission, Submission.State.DRAFT)
    row.notice_address, row.notice_answer = address, answer
    row.notice_asked_at = timezone.now()
    row.save(update_fields=["notice_address", "notice_answer", "notice_asked_at"])
    recorded(Event.PRIVACY_NOTICE_ASKED, row, by=by, answer=answer)


def _answer(address: str) -> str:
    try:
        fetched = fetch(address, accept="text/html, application/pdf, */*", limit_bytes=_MOST_BYTES)
    except OutgoingRefusedError as refusal:
        # Of all else nothing: it would tell what there is inside our network.
        return REDIRECT if refusal.reason is FetchProblem.REDIRECT else UNREACHABLE
    return OK if fetched.status == _FINE else f"status_{fetched.status}"
