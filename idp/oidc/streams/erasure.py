"""Where an application answers somebody who asked it to erase what it has (`idp/ssf/README.md`)."""

from math import ceil
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse

from accounts.audit.actor import application as actor
from accounts.limits.operations import hit
from accounts.limits.table import STREAM_SUBJECTS
from idp.models import ErasureRequest
from idp.oidc import cors, json_body
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import ErrorCode, ProtocolError, never_stored
from idp.oidc.streams import authorization, refusals
from idp.ssf.erasures import operations
from idp.ssf.erasures.operations import UnknownRequestError

_LONGEST: Final = 4 * 1024
_SECTION: Final = "Borough Login, answering a wish to be erased"


@endpoint("ssf/erasure", "POST", reach=cors.Reach.NOBODY)
def erasure(request: MachineRequest) -> HttpResponse:
    """Take the answer; its resident is shown it."""
    application = authorization.managing(request).application
    verdict = hit(STREAM_SUBJECTS, application.client_id)
    if not verdict.allowed:
        raise refusals.too_many(ceil(verdict.wait.total_seconds()))
    document = json_body.read(request, longest=_LONGEST, section=_SECTION)
    answer, request_id = _answer(document), _request_id(document)
    by = actor(application.client_id)
    try:
        operations.answer(application=application, request_id=request_id, answer=answer, by=by)
    except UnknownRequestError as unknown:
        raise _unknown() from unknown
    return never_stored(HttpResponse(status=204))


def _answer(document: dict[str, Any]) -> ErasureRequest.Answer:
    try:
        return ErasureRequest.Answer(str(document.get("answer")))
    except ValueError as error:
        words = f"The member answer must be one of: {', '.join(ErasureRequest.Answer)}."
        raise _refusal(words, "answer") from error


def _request_id(document: dict[str, Any]) -> UUID:
    named = document.get("request_id")
    if not isinstance(named, str):
        words = "The member request_id must be a string, as the event has it."
        raise _refusal(words, "request_id")
    try:
        return UUID(named)
    except ValueError as error:
        raise _unknown() from error


def _unknown() -> ProtocolError:
    words = "This application was asked nothing under this request_id."
    return _refusal(words, "request_id", detail="unknown_request", status=404)


def _refusal(public: str, parameter: str, *, detail: str = "", status: int = 400) -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST,
        public,
        detail=detail or f"unfit_{parameter}",
        status=status,
        parameter=parameter,
        section=_SECTION,
    )
