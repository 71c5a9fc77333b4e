"""Asks for a privacy notice, and keeps what came of it."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from clients.approval import queries
from clients.approval.operations import of_state, recorded
from clients.models import Submission

OK: Final = "ok"
REDIRECT: Final = "redirect"
UNREACHABLE: Final = "unreachable"
NONE: Final = "none"
_FINE: Final = 200
# Of a page with pictures inside; more would be no text to read.
_MOST_BYTES: Final = 2 * 1024 * 1024


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
