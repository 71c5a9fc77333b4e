"""Operations on members who are no owners."""

from typing import Any

from ninja import Path, Router, Status
from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from clients.api_tokens.operations import actor
from clients.models import Member
from clients.organisations.members import operations, queries
from clients.organisations.members.operations import MemberRefusedError
from clients.organisations.members.rules import ChangeProblem, Permission
from idp.partner_api.documents import MemberShown, Number
from idp.partner_api.door import ApiRequest, needs, own
from idp.partner_api.owners import Role, keep_to_pages, needs_leave_where_live, refused
from idp.partner_api.problems import Refusal, not_there

router = Router(tags=["Members"])
_VIEWER: JsonDict = {"role": "viewer"}


class RoleWanted(BaseModel):
    """What somebody is to be; an owner nobody becomes, by a program."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_VIEWER]})

    role: Role


def shown(row: Member) -> dict[str, Any]:
    """Return a member as answers have them: without their address."""
    return {"id": row.pk, "name": row.account.full_name, "role": row.role, "since": row.since}


@router.patch("/{number}", response=MemberShown, operation_id="change_role")
@needs(Permission.MANAGE_MEMBERS)
def change_role(
    request: ApiRequest, organisation: Path[str], number: Path[Number], wanted: RoleWanted
) -> dict[str, Any]:
    """Make a developer a viewer, or a viewer a developer; they and the owners are told by mail.

    Nobody becomes an owner by it, nor stops being one: `owners_on_pages_alone`.
    """
    del organisation
    keep_to_pages(request, wanted.role)
    row, token = _found(request, number), request.auth
    try:
        changed = operations.change_role(
            organisation=token.organisation,
            number=row.pk,
            role=Member.Role(wanted.role),
            by=actor(token),
            spares_owners=True,
        )
    except MemberRefusedError as error:
        raise _refused(request, error.problem) from error
    return shown(changed)


@router.delete("/{number}", response={204: None}, operation_id="remove_member")
@needs(Permission.MANAGE_MEMBERS)
def remove_member(
    request: ApiRequest, organisation: Path[str], number: Path[Number]
) -> Status[None]:
    """End the membership of somebody who is no owner; they and the owners are told by mail.

    An owner's ends on pages alone: `owners_on_pages_alone`.
    """
    del organisation
    row, token = _found(request, number), request.auth
    try:
        operations.remove(
            organisation=token.organisation, number=row.pk, by=actor(token), spares_owners=True
        )
    except MemberRefusedError as error:
        raise _refused(request, error.problem) from error
    return Status(204, None)


def _found(request: ApiRequest, number: int) -> Member:
    needs_leave_where_live(request)
    return own(request, queries.of_organisation(request.auth.organisation), number)


def _refused(request: ApiRequest, problem: ChangeProblem) -> Refusal:
    return not_there() if problem is ChangeProblem.NOBODY else refused(request)
