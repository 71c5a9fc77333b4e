"""Operations on the end of a live application."""

from datetime import date
from typing import Annotated

from ninja import Path, Router, Status
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from clients.api_tokens.operations import actor
from clients.applications.declared.document import Text
from clients.approval.retiring import operations
from clients.approval.retiring.operations import RetirementRefusedError
from clients.approval.retiring.rules import LONGEST_WHERE_TO_GO, OF_DAY, RetirementProblem
from clients.approval.wording import RETIREMENT_PROBLEMS
from clients.models import Application
from clients.organisations.members.rules import Permission
from idp.partner_api.door import ApiRequest, application_of, needs
from idp.partner_api.problems import Refusal, conflict, unfit_parts

router = Router(tags=["Going live"])
_EXAMPLE: JsonDict = {
    "day": "2027-09-01",
    "where_to_go": "Ring 020 7946 0000",
}


class EndGiven(BaseModel):
    """From which day residents can no longer sign in, and where they go instead."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    day: date
    where_to_go: Annotated[Text, Field(max_length=LONGEST_WHERE_TO_GO)]


@router.put("", response=EndGiven, operation_id="announce_end")
@needs(Permission.ASK_TO_GO_LIVE)
def announce_end(
    request: ApiRequest, organisation: Path[str], application: Path[str], end: EndGiven
) -> EndGiven:
    """Let a live application end on a day 14 days from now or later; residents are told."""
    del organisation
    row = application_of(request, application)
    try:
        operations.announce(
            application=row, day=end.day, where_to_go=end.where_to_go, by=actor(request.auth)
        )
    except RetirementRefusedError as refused:
        if RetirementProblem.NOT_LIVE in refused.problems:
            raise _not_live() from refused
        raise unfit_parts(
            ("day" if one in OF_DAY else "where_to_go", one, str(RETIREMENT_PROBLEMS[one]))
            for one in refused.problems
        ) from refused
    return end


@router.delete("", response={204: None}, operation_id="take_end_back")
@needs(Permission.ASK_TO_GO_LIVE)
def take_end_back(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[None]:
    """Let the application go on after all."""
    del organisation
    row = application_of(request, application)
    if row.environment != Application.Environment.LIVE:
        raise _not_live()
    operations.take_back(application=row, by=actor(request.auth))
    return Status(204, None)


def _not_live() -> Refusal:
    words = str(RETIREMENT_PROBLEMS[RetirementProblem.NOT_LIVE])
    return conflict(reason=RetirementProblem.NOT_LIVE, words=words)
