"""Refusals as problem details (RFC 9457), and what each means to the program that gets one."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

from clients.applications.rules import Finding
from clients.applications.wording import sentence_without_value
from idp.oidc.errors import never_stored

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
    words = "Nothing was changed. Each of the errors says which part is unfit, and why."
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "unfit", words, errors=errors)


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
