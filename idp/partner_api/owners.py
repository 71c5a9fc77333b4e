"""Keeps owners to the pages: a token that leaks must make nobody an owner, nor end one."""

from http import HTTPStatus
from typing import Literal, TypeAlias

from clients.api_tokens.operations import keep_out
from clients.models import Member
from clients.organisations.members.queries import has_live_application
from clients.organisations.members.rules import ChangeProblem
from clients.organisations.members.wording import CHANGE_PROBLEMS
from idp.partner_api.door import ApiRequest, needs_leave_for_live
from idp.partner_api.problems import Refusal

# An owner is among them so that asking for one is refused by name.
Role: TypeAlias = Literal["owner", "developer", "viewer"]
_REASON = "owners_on_pages_alone"


def keep_to_pages(request: ApiRequest, role: str) -> None:
    """Let in what is about any role but an owner's.

    Raises:
        Refusal: it is about an owner; the try is recorded.
    """
    if role == Member.Role.OWNER:
        raise refused(request)


def refused(request: ApiRequest) -> Refusal:
    """Record a try at an owner, and return its refusal."""
    token = request.auth
    keep_out(token=token, organisation=token.organisation, reason=_REASON)
    words = str(CHANGE_PROBLEMS[ChangeProblem.OWNER])
    return Refusal(HTTPStatus.FORBIDDEN, _REASON, words)


def needs_leave_where_live(request: ApiRequest) -> None:
    """Let in tokens for live applications alone, where the organisation has one, as its pages do.

    Raises:
        Refusal: the token was not made for that; the try is recorded.
    """
    if has_live_application(request.auth.organisation):
        needs_leave_for_live(request)
