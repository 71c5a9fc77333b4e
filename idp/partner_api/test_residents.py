"""Operations on the made-up people whom the organisation's sandbox applications know."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Path, Router
from pydantic import BaseModel

from accounts.limits.table import TEST_RESIDENT_RENEWED
from clients.api_tokens.operations import actor
from clients.models import TestResident
from clients.organisations.members.rules import Permission
from clients.test_residents import operations, page, queries
from clients.test_residents.cast import Situation
from idp.partner_api.documents import Number
from idp.partner_api.door import ApiRequest, count, needs, own

router = Router(tags=["Test residents"])


class TestResidentShown(BaseModel):
    """A made-up person, and what a service should expect of their situation."""

    id: int
    name: str
    sign_in_name: str
    situation: Situation
    expect: str
    status: str


class SignsInWith(BaseModel):
    """What to type: `code` is good until `until`, then `next_code`; `app_secret` makes all others.

    It opens made-up accounts alone, which sandbox applications alone know.
    """

    password: str
    code: str
    next_code: str
    until: datetime
    app_secret: str


class TestResidentOpened(TestResidentShown):
    """A made-up person, with all that they sign in with now."""

    date_of_birth: date | None
    signs_in_with: SignsInWith


@router.get("", response=list[TestResidentShown], operation_id="list_test_residents")
@needs(Permission.SEE)
def list_test_residents(request: ApiRequest, organisation: Path[str]) -> list[dict[str, Any]]:
    """List the test residents with their situations, without what they sign in with."""
    del organisation
    return [_shown(row) for row in queries.of(request.auth.organisation)]


@router.post("", response=list[TestResidentShown], operation_id="make_test_residents")
@needs(Permission.USE_TEST_RESIDENTS)
def make_test_residents(request: ApiRequest, organisation: Path[str]) -> list[dict[str, Any]]:
    """Make the test residents of every situation that are not there yet, and list all.

    The page makes them when somebody first looks. Sent again, nothing is made.
    """
    del organisation
    token = request.auth
    rows = operations.make_all(organisation=token.organisation, by=actor(token))
    return [_shown(row) for row in rows]


@router.get("/{number}", response=TestResidentOpened, operation_id="show_test_resident")
@needs(Permission.USE_TEST_RESIDENTS)
def show_test_resident(
    request: ApiRequest, organisation: Path[str], number: Path[Number]
) -> dict[str, Any]:
    """Show a test resident, with password and codes of this moment."""
    del organisation
    return _opened(_found(request, number))


@router.post("/{number}/renew", response=TestResidentOpened, operation_id="renew_test_resident")
@needs(Permission.USE_TEST_RESIDENTS)
def renew_test_resident(
    request: ApiRequest, organisation: Path[str], number: Path[Number]
) -> dict[str, Any]:
    """Give a test resident another password and another secret for codes; sign them out."""
    del organisation
    row = _found(request, number)
    count(TEST_RESIDENT_RENEWED, str(row.organisation_id))
    operations.renew(resident=row, by=actor(request.auth))
    return _opened(_found(request, number))


@router.post(
    "/{number}/put-back", response=TestResidentShown, operation_id="put_test_resident_back"
)
@needs(Permission.USE_TEST_RESIDENTS)
def put_test_resident_back(
    request: ApiRequest, organisation: Path[str], number: Path[Number]
) -> dict[str, Any]:
    """Sign a test resident out everywhere, and have their situation be as it was made."""
    del organisation
    operations.put_back(resident=_found(request, number), by=actor(request.auth))
    return _shown(_found(request, number))


def _found(request: ApiRequest, number: int) -> TestResident:
    return own(request, queries.of(request.auth.organisation), number)


def _shown(row: TestResident) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.account.full_name,
        "sign_in_name": row.account.sign_in_name,
        "situation": row.situation,
        "expect": str(page.expect(row)),
        "status": row.account.status,
    }


def _opened(row: TestResident) -> dict[str, Any]:
    known = queries.sign_in_with(row, now=timezone.now())
    return {
        **_shown(row),
        "date_of_birth": row.account.date_of_birth,
        "signs_in_with": vars(known),
    }
