"""Operations on the picture by which residents know an application."""

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest
from ninja import Path, Router, Status
from pydantic import BaseModel

from clients.api_tokens.operations import actor
from clients.applications.logo import operations as logos
from clients.applications.logo import queries
from clients.applications.logo.counting import count_upload
from clients.applications.logo.drawing import LARGEST_FILE, LogoProblem, LogoRefusedError
from clients.applications.logo.wording import LOGO_PROBLEMS
from clients.approval.logo import operations as pictures
from clients.approval.logo import queries as proposals
from clients.models import Application
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import in_full
from idp.partner_api.door import ApiRequest, application_of, needs
from idp.partner_api.going_live import refusing, under_way
from idp.partner_api.problems import Refusal, unfit_part

router = Router(tags=["Applications"])
live_router = Router(tags=["Going live"])
_KINDS: Final = ("image/png", "image/jpeg")
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
_BODY: Final = {"requestBody": {"required": True, "content": dict.fromkeys(_KINDS, _FILE)}}


class LogoShown(BaseModel):
    """Where the picture is, drawn anew as PNG, of 256 pixels a side at most."""

    logo_uri: str


@router.put(
    "",
    response={200: LogoShown, 202: LogoShown},
    operation_id="give_logo",
    openapi_extra=_BODY,
)
@needs(Permission.CHANGE_APPLICATIONS)
def give_logo(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[dict[str, Any]]:
    """Give an application a logo: the body is a PNG or JPEG file of 1 MB at most.

    A sandbox application has it at once. Of a live one it is kept in the draft of a change (202):
    submit that, and residents see the logo once the council has approved it.
    """
    del organisation
    row, by = application_of(request, application), actor(request.auth)
    file = _file(request)
    count_upload(row)
    try:
        if row.environment == Application.Environment.SANDBOX:
            logos.put(application=row, file=file, by=by)
            return Status(200, {"logo_uri": in_full(queries.address(row))})
        draft = refusing(lambda: pictures.propose(application=row, file=file, by=by))
    except LogoRefusedError as refused:
        raise _unfit(refused.problem) from refused
    return Status(202, {"logo_uri": in_full(proposals.addresses(draft)["logo"])})


@router.delete("", response={202: None, 204: None}, operation_id="remove_logo")
@needs(Permission.CHANGE_APPLICATIONS)
def remove_logo(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[None]:
    """Let an application have no logo; of a live one the draft of a change asks for that (202)."""
    del organisation
    row, by = application_of(request, application), actor(request.auth)
    if row.environment == Application.Environment.SANDBOX:
        logos.remove(application=row, by=by)
        return Status(204, None)
    refusing(lambda: pictures.propose_none(application=row, by=by))
    return Status(202, None)


@live_router.delete("", response={204: None}, operation_id="leave_logo")
@needs(Permission.CHANGE_APPLICATIONS)
def leave_logo(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[None]:
    """Let the draft ask for nothing about the logo: it stays as it is."""
    del organisation
    row, by = application_of(request, application), actor(request.auth)
    under_way(row)
    refusing(lambda: pictures.leave(application=row, by=by))
    return Status(204, None)


def _file(request: HttpRequest) -> bytes:
    """Return the body, of which no more is read than a file may have.

    Raises:
        Refusal: it is of another kind, too large, or did not arrive whole.
    """
    if request.content_type not in _KINDS:
        words = "Send the file itself as the body, as image/png or image/jpeg."
        raise Refusal(HTTPStatus.BAD_REQUEST, "wrong_content_type", words)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > len(str(LARGEST_FILE)) or int(length) > LARGEST_FILE:
        problem = LogoProblem.FILE_TOO_LARGE
        words = f"{LOGO_PROBLEMS[problem]}."
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem, words)
    # Not request.body, which takes as little as forms are.
    file = request.read(int(length))
    if len(file) < int(length):
        raise Refusal(HTTPStatus.BAD_REQUEST, "broken_off", "The request broke off.")
    return file


def _unfit(problem: LogoProblem) -> Refusal:
    return unfit_part(part="file", problem=problem, words=str(LOGO_PROBLEMS[problem]))
