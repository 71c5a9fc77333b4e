"""Operations on what a service called its users before they signed in here."""

from typing import Annotated, Any

from ninja import Path, Router
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from accounts.limits.table import OLD_USER_ID_LISTS
from clients.api_tokens.operations import actor
from clients.models import Application
from clients.organisations.members.rules import Permission
from idp.old_user_ids import operations, queries
from idp.old_user_ids.operations import TooManyRegisteredError
from idp.old_user_ids.rules import LONGEST, fault
from idp.partner_api.door import ApiRequest, application_of, count, needs
from idp.partner_api.problems import conflict, unfit_parts

router = Router(tags=["Old user IDs"])
_MOST: int = 1_000
_IDS: JsonDict = {"ids": ["ann.1970", "ben.1971"]}
_NOT_ONE = f"An old user ID has 1 to {LONGEST} visible characters and no space at either end."


class OldUserIds(BaseModel):
    """What the service called people, each to the letter."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_IDS]})

    ids: Annotated[list[str], Field(min_length=1, max_length=_MOST)]


class OldUserIdCounts(BaseModel):
    """How many are registered, how many of them residents have claimed, how many wait."""

    registered: int
    claimed: int
    waiting: int


class OldUserIdsRegistered(OldUserIdCounts):
    """The counts afterwards; `added`: how many of those sent are new."""

    added: int


class OldUserIdsDeleted(OldUserIdCounts):
    """The counts afterwards, and how many were deleted."""

    deleted: int


@router.get("", response=OldUserIdCounts, operation_id="count_old_user_ids")
@needs(Permission.SEE)
def count_old_user_ids(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, int]:
    """Count the application's old user ids; no answer names one."""
    del organisation
    return _counts(application_of(request, application))


@router.put("", response=OldUserIdsRegistered, operation_id="register_old_user_ids")
@needs(Permission.CHANGE_APPLICATIONS)
def register_old_user_ids(
    request: ApiRequest, organisation: Path[str], application: Path[str], given: OldUserIds
) -> dict[str, int]:
    """Register these ids beside those that there are: all of them, or none if one is unfit.

    Sent again, it changes nothing. No account and no way to sign in comes of it.
    """
    del organisation
    row = application_of(request, application)
    if not queries.can_claim(row):
        words = "Only an application that residents sign in to and that has a secret or key may."
        raise conflict(reason="cannot_claim", words=words)
    _check(given.ids)
    count(OLD_USER_ID_LISTS, row.client_id)
    try:
        added = operations.register(application=row, ids=given.ids, by=actor(request.auth))
    except TooManyRegisteredError as error:
        words = "The application would have too many. Delete those that nobody has."
        raise conflict(reason="too_many_old_user_ids", words=words) from error
    return {**_counts(row), "added": added}


@router.delete("", response=OldUserIdsDeleted, operation_id="delete_old_user_ids")
@needs(Permission.CHANGE_APPLICATIONS)
def delete_old_user_ids(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, int]:
    """Delete those that no resident has claimed; in a sandbox all."""
    del organisation
    row = application_of(request, application)
    deleted = operations.delete(application=row, by=actor(request.auth))
    return {**_counts(row), "deleted": deleted}


def _check(ids: list[str]) -> None:
    # By its place alone: what was sent is not repeated.
    found = [(f"ids.{place}", fault(one)) for place, one in enumerate(ids)]
    if unfit := [(part, str(why), _NOT_ONE) for part, why in found if why is not None]:
        raise unfit_parts(unfit)


def _counts(row: Application) -> dict[str, Any]:
    found = queries.counts(row)
    return {
        "registered": found.registered,
        "claimed": found.claimed,
        "waiting": found.waiting,
    }
