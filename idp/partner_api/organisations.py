"""Operations on the organisation itself."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from accounts.council.service_notices.queries import not_over
from clients.models import Organisation
from clients.organisations.history import page, queries
from clients.organisations.members import queries as members
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import MemberShown, OrganisationShown
from idp.partner_api.door import ApiRequest, needs
from idp.partner_api.members import shown as of_member
from idp.partner_api.problems import no_such_place
from idp.portal.trail.rules import Place, place

router = Router(tags=["Organisation"])
_MOST: Final = 100


class EventShown(BaseModel):
    """What happened to the organisation or an application of it, and who did it, in words."""

    at: datetime
    event: str
    what: str
    who: str


class HistoryListed(BaseModel):
    """What happened, the newest first; `next`: give it as `after` to read on, null at the end."""

    items: list[EventShown]
    next: str | None


class MembersListed(BaseModel):
    """Members, the longest first; `next`: give it as `after` to read on, null at the end."""

    items: list[MemberShown]
    next: str | None


class NoticeShown(BaseModel):
    """What the council says about the service itself, in plain text, and when it is shown."""

    text: str
    starts_at: datetime
    ends_at: datetime


class NoticesListed(BaseModel):
    """Every notice that is shown now or announced, the one that begins first at the top."""

    items: list[NoticeShown]


class PartWanted(BaseModel):
    """How much to list, and from where on."""

    after: Annotated[str, Field(max_length=40)] | None = None
    limit: Annotated[int, Field(ge=1, le=_MOST)] = 20


@router.get("", response=OrganisationShown, operation_id="show_organisation")
@needs(Permission.SEE)
def show_organisation(request: ApiRequest, organisation: Path[str]) -> Organisation:
    """Show the organisation of the token."""
    del organisation
    return request.auth.organisation


@router.get("/members", response=MembersListed, operation_id="list_members")
@needs(Permission.SEE)
def list_members(
    request: ApiRequest, organisation: Path[str], asked: Query[PartWanted]
) -> dict[str, Any]:
    """List who looks after the organisation's applications, whoever came first first."""
    del organisation
    after = _after(asked)
    rows = members.in_order(
        request.auth.organisation, after=(after.at, after.number) if after else None
    )
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    later = Place(shown[-1].since, shown[-1].pk) if len(found) > asked.limit else None
    return {
        "items": [of_member(row) for row in shown],
        "next": str(later) if later else None,
    }


@router.get("/notices", response=NoticesListed, operation_id="list_notices")
@needs(Permission.SEE)
def list_notices(request: ApiRequest, organisation: Path[str]) -> dict[str, Any]:
    """List what the council says about the service: what is wrong now, and what is announced."""
    del request, organisation
    return {
        "items": [
            {"text": one.text, "starts_at": one.starts_at, "ends_at": one.ends_at}
            for one in not_over(timezone.now())
        ]
    }


@router.get("/history", response=HistoryListed, operation_id="list_history")
@needs(Permission.SEE)
def list_history(
    request: ApiRequest, organisation: Path[str], asked: Query[PartWanted]
) -> dict[str, Any]:
    """List what happened to the organisation and its applications, the newest first."""
    del organisation
    own = request.auth.organisation
    after = _after(asked)
    rows = queries.told(own, before=(after.at, after.number) if after else None)
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    older = Place(shown[-1].at, shown[-1].pk) if len(found) > asked.limit else None
    return {
        "items": [vars(one) for one in page.in_words(own, shown)],
        "next": str(older) if older else None,
    }


def _after(asked: PartWanted) -> Place | None:
    after = place(asked.after) if asked.after else None
    if asked.after and after is None:
        raise no_such_place()
    return after
