"""Operations on who is asked to look after the organisation's applications."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Path, Router, Status
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from accounts.models.email_address import ADDRESS_LENGTH
from clients.api_tokens.operations import actor
from clients.models import Invitation, Member
from clients.organisations.inviting import operations, queries
from clients.organisations.inviting.counting import count
from clients.organisations.inviting.operations import NotInvitedError, UnknownInvitationError
from clients.organisations.inviting.wording import INVITING_PROBLEMS
from clients.organisations.members.rules import Permission
from idp.partner_api.door import ApiRequest, maker, needs, own
from idp.partner_api.owners import Role, keep_to_pages, needs_leave_where_live
from idp.partner_api.problems import conflict, not_there, unfit_part

router = Router(tags=["Members"])
_BEN: JsonDict = {"address": "ben@riverside.example.org", "role": "developer"}


class InvitationWanted(BaseModel):
    """Whom to invite, and as what; as an owner nobody is, by a program."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_BEN]})

    address: Annotated[str, Field(max_length=ADDRESS_LENGTH)]
    role: Role


class InvitationShown(BaseModel):
    """An invitation that nobody has answered; after `expires_at` it must be sent again."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    address: str
    role: Role
    made_at: datetime
    expires_at: datetime


@router.get("", response=list[InvitationShown], operation_id="list_invitations")
@needs(Permission.MANAGE_MEMBERS)
def list_invitations(request: ApiRequest, organisation: Path[str]) -> list[Invitation]:
    """List the invitations that nobody has answered, the oldest first: 50 at most."""
    del organisation
    return list(queries.open_of(request.auth.organisation))


@router.post("", response={201: InvitationShown}, operation_id="invite_member")
@needs(Permission.MANAGE_MEMBERS)
def invite_member(
    request: ApiRequest, organisation: Path[str], wanted: InvitationWanted
) -> Status[Invitation]:
    """Invite a developer or a viewer by mail.

    As an owner nobody is: `owners_on_pages_alone`.
    """
    del organisation
    keep_to_pages(request, wanted.role)
    needs_leave_where_live(request)
    address, token = _fit(wanted.address), request.auth
    count(maker(token), address)
    try:
        row = operations.invite(
            organisation=token.organisation,
            address=address,
            role=Member.Role(wanted.role),
            inviter=maker(token),
            by=actor(token),
        )
    except NotInvitedError as error:
        words = str(INVITING_PROBLEMS[error.problem])
        raise conflict(reason=error.problem, words=words) from error
    return Status(201, row)


@router.post("/{number}/again", response=InvitationShown, operation_id="send_invitation_again")
@needs(Permission.MANAGE_MEMBERS)
def send_invitation_again(
    request: ApiRequest, organisation: Path[str], number: Path[UUID]
) -> Invitation:
    """Send another mail: its link works from now on, and no earlier one's.

    One to an owner is sent by pages alone: `owners_on_pages_alone`.
    """
    del organisation
    row, token = _found(request, number), request.auth
    count(maker(token), row.address)
    try:
        return operations.renew(
            organisation=token.organisation,
            number=row.pk,
            inviter=maker(token),
            by=actor(token),
        )
    except UnknownInvitationError as error:  # answered meanwhile
        raise not_there() from error


@router.delete("/{number}", response={204: None}, operation_id="cancel_invitation")
@needs(Permission.MANAGE_MEMBERS)
def cancel_invitation(
    request: ApiRequest, organisation: Path[str], number: Path[UUID]
) -> Status[None]:
    """Let nobody take the invitation any more.

    One to an owner is cancelled by pages alone: `owners_on_pages_alone`.
    """
    del organisation
    row, token = _found(request, number), request.auth
    try:
        operations.cancel(organisation=token.organisation, number=row.pk, by=actor(token))
    except UnknownInvitationError as error:  # answered meanwhile
        raise not_there() from error
    return Status(204, None)


def _found(request: ApiRequest, number: UUID) -> Invitation:
    needs_leave_where_live(request)
    row = own(request, queries.open_of(request.auth.organisation), number)
    # An invitation keeps its role for as long as it is open.
    keep_to_pages(request, row.role)
    return row


def _fit(address: str) -> str:
    tidy = address.strip()
    try:
        validate_email(tidy)
    except ValidationError as error:
        words = "Give an email address."
        raise unfit_part(part="address", problem="address_malformed", words=words) from error
    return tidy
