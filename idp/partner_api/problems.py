"""Refusals as problem details (RFC 9457), and what each means to the program that gets one."""

from collections.abc import Iterable
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpResponse, JsonResponse

from accounts.limits.operations import Verdict
from clients.applications.rules import Finding
from clients.applications.wording import sentence_without_value
from idp.oidc.errors import never_stored

_UNFIT = "Nothing was changed. Each of the errors says which part is unfit, and why."
CONTENT_TYPE = "application/problem+json"


class Refusal(Exception):  # noqa: N818 - what it is called in RFC 9457 is a problem
    """A request that is refused: `reason` is named for programs, `words` are for people.

    `errors` say which part of what was sent is unfit, and why.
    """

    def __init__(
        self,
        status: HTTPStatus,
        reason: str,
        words: str,
        *,
        errors: Iterable[dict[str, str]] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(reason)
        self.status, self.reason, self.words = status, reason, words
        self.errors = list(errors)
        self.headers = headers or {}


def unfit(findings: Iterable[Finding]) -> Refusal:
    """Return the refusal of a registration that rules found something about."""
    errors = [
        {
            "part": finding.part,
            "problem": str(finding.problem),
            "value": finding.value,
            "words": sentence_without_value(finding),
        }
        for finding in findings
    ]
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "unfit", _UNFIT, errors=errors)


def conflict(*, reason: str, words: str) -> Refusal:
    """Return the refusal of what does not go with how things stand by now."""
    return Refusal(HTTPStatus.CONFLICT, reason, words)


def too_often(verdict: Verdict) -> Refusal:
    """Return the refusal of whoever came too often."""
    words = "Too many requests. Wait for as long as Retry-After says."
    headers = {"Retry-After": str(ceil(verdict.wait.total_seconds()))}
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many", words, headers=headers)


def busy(retry_after: timedelta) -> Refusal:
    """Return the refusal of what nobody has a hand free for."""
    words = "Nothing was changed: there is too much to do. Come again after Retry-After."
    headers = {"Retry-After": str(ceil(retry_after.total_seconds()))}
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "busy", words, headers=headers)


def unfit_part(*, part: str, problem: str, words: str) -> Refusal:
    """Return the refusal of one part of what was sent."""
    return unfit_parts([(part, problem, words)])


def unfit_parts(found: Iterable[tuple[str, str, str]]) -> Refusal:
    """Return the refusal of parts of what was sent: each with its problem, and in words."""
    errors = [
        {"part": part, "problem": str(problem), "value": "", "words": words}
        for part, problem, words in found
    ]
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "unfit", _UNFIT, errors=errors)


def no_such_place() -> Refusal:
    """Return the refusal of a place to read on from that no answer named."""
    words = "Give `next` of an earlier answer as it is."
    return unfit_part(part="after", problem="no_such_place", words=words)


def not_there() -> Refusal:
    """Return the refusal of what is not there, or is another organisation's."""
    words = "There is nothing at this address for the organisation of your token."
    return Refusal(HTTPStatus.NOT_FOUND, "not_found", words)


def answer(refusal: Refusal) -> HttpResponse:
    """Return the refusal as RFC 9457 §3 wants it."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": refusal.status.phrase,
        "status": int(refusal.status),
        "detail": refusal.words,
        "reason": refusal.reason,
        "errors": refusal.errors,
    }
    response = JsonResponse(
        body, status=refusal.status, headers=refusal.headers, content_type=CONTENT_TYPE
    )
    return never_stored(response)
