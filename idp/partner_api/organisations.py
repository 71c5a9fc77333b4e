"""Operations on the organisation itself."""

from typing import Any

from ninja import Path, Router

from clients.models import Organisation
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import MemberShown, OrganisationShown
from idp.partner_api.door import ApiRequest, needs

router = Router(tags=["Organisation"])


@router.get("", response=OrganisationShown, operation_id="show_organisation")
@needs(Permission.SEE)
def show_organisation(request: ApiRequest, organisation: Path[str]) -> Organisation:
    """Show the organisation of the token."""
    del organisation
    return request.auth.organisation


@router.get("/members", response=list[MemberShown], operation_id="list_members")
@needs(Permission.SEE)
def list_members(request: ApiRequest, organisation: Path[str]) -> list[dict[str, Any]]:
    """List who looks after the organisation's applications."""
    del organisation
    rows = request.auth.organisation.members.select_related("account").order_by("since", "pk")
    return [{"name": row.account.full_name, "role": row.role, "since": row.since} for row in rows]
