"""The API itself: its operations, its description, and how it refuses."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.types import DictStrAny

from accounts.limits.operations import OverLimitError
from accounts.passwords.hash_queue import HashesBusyError
from idp.oidc import json_body
from idp.oidc.errors import ProtocolError
from idp.partner_api import (
    applications,
    credentials,
    deliveries,
    going_live,
    invitations,
    leaks,
    logos,
    members,
    old_user_ids,
    organisations,
    problems,
    proofs,
    requests,
    retiring,
    test_residents,
)
from idp.partner_api.documents import Problem
from idp.partner_api.door import TokenOfOrganisation
from idp.partner_api.problems import Refusal

_LONGEST = 256 * 1024
_REFUSED = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
_ORGANISATION = "/organisations/{organisation}"
_APPLICATION = f"{_ORGANISATION}/applications/{{application}}"


class StrictParser(Parser):
    """Reads bodies as every endpoint of ours does: bounded, UTF-8, each member once."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the JSON object in the body.

        Raises:
            ProtocolError: the body is none, or too large.
        """
        return json_body.read(request, longest=_LONGEST, section="RFC 8259")


api = NinjaAPI(
    title="Borough Login for partners",
    version="1",
    description="What members of an organisation do on the portal's pages, for programs.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="partner_api",
    auth=TokenOfOrganisation(),
    parser=StrictParser(),
)
api.add_router(_ORGANISATION, organisations.router)
api.add_router(f"{_ORGANISATION}/proofs", proofs.router)
api.add_router(f"{_ORGANISATION}/members", members.router)
api.add_router(f"{_ORGANISATION}/invitations", invitations.router)
api.add_router(f"{_ORGANISATION}/test-residents", test_residents.router)
api.add_router(f"{_ORGANISATION}/applications", applications.router)
api.add_router(f"{_APPLICATION}/logo", logos.router)
api.add_router(f"{_APPLICATION}/credentials", credentials.router)
api.add_router(f"{_APPLICATION}/leaks", leaks.router)
api.add_router(f"{_APPLICATION}/old-user-ids", old_user_ids.router)
api.add_router(_APPLICATION, requests.router)
api.add_router(_APPLICATION, deliveries.router)
api.add_router(f"{_APPLICATION}/live", going_live.router)
api.add_router(f"{_APPLICATION}/live/draft/logo", logos.live_router)
api.add_router(f"{_APPLICATION}/live/end", retiring.router)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    del request
    return problems.answer(refusal)


@api.exception_handler(OverLimitError)
def _too_often(request: HttpRequest, error: OverLimitError) -> HttpResponse:
    del request
    return problems.answer(problems.too_often(error.verdict))


@api.exception_handler(HashesBusyError)
def _busy(request: HttpRequest, error: HashesBusyError) -> HttpResponse:
    del request
    return problems.answer(problems.busy(error.retry_after))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    del request
    # The library says so of whatever its parser raises.
    why = error.__cause__
    reason, words = "bad_request", "The request cannot be read."
    if isinstance(why, ProtocolError):
        reason, words = str(why.detail), why.public
    return problems.answer(Refusal(HTTPStatus(error.status_code), reason, words))


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    del request
    errors = [_part(one) for one in error.errors]
    words = "Nothing was changed. Each of the errors says which part is unfit, and why."
    return problems.answer(
        Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "not_as_described", words, errors=errors)
    )


def _part(error: dict[str, Any]) -> dict[str, str]:
    # Where and why; what was sent is not repeated.
    where = ".".join(str(step) for step in error["loc"] if step not in {"body", "declared"})
    return {"part": where, "problem": str(error["type"]), "value": "", "words": str(error["msg"])}


def description() -> dict[str, Any]:
    """Return the OpenAPI description, with the refusals that any operation may answer with."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    found["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    for path in found["paths"].values():
        for operation in path.values():
            answers = operation["responses"]
            told = {str(status): answer for status, answer in answers.items()}
            operation["responses"] = {**_refusals(), **told}
    return found


def _refusals() -> dict[str, Any]:
    content = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": HTTPStatus(status).phrase, "content": content}
        for status in _REFUSED
    }
