"""Operations for when a client secret may be in the wrong hands."""

from datetime import datetime

from django.utils import timezone
from ninja import Path, Router, Status
from pydantic import BaseModel, ConfigDict

from clients.api_tokens.operations import actor
from clients.applications.credentials.operations import METHODS
from clients.models import SecretLeak
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import Number
from idp.partner_api.door import ApiRequest, application_of, maker, needs, own
from idp.partner_api.problems import conflict
from idp.portal.leaks import operations, queries
from idp.portal.leaks.rules import Since, moment

router = Router(tags=["Credentials"])


class LeakReport(BaseModel):
    """Since when somebody else may have had the secret; the longer, if nobody is sure."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"since": "day"}]})

    since: Since


class LeakShown(BaseModel):
    """The council's case of a leak; `residents`: how many signed in since the suspected time."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    reported_at: datetime
    suspected_since: datetime
    residents: int
    answered_at: datetime | None


@router.post("", response={201: LeakShown}, operation_id="report_leak")
@needs(Permission.HANDLE_CREDENTIALS)
def report_leak(
    request: ApiRequest, organisation: Path[str], application: Path[str], report: LeakReport
) -> Status[SecretLeak]:
    """End every secret and token of the application at once, and tell the council.

    Said again while no new secret was made, it is the same case.
    """
    del organisation
    row = application_of(request, application)
    if row.token_endpoint_auth_method not in METHODS:
        raise conflict(reason="no_secret", words="This application authenticates without a secret.")
    since = moment(report.since, now=timezone.now(), oldest=queries.oldest_secret(row))
    token = request.auth
    leak = operations.report(
        application=row, suspected_since=since, reporter=maker(token), by=actor(token)
    )
    return Status(201, leak)


@router.get("/{number}", response=LeakShown, operation_id="show_leak")
@needs(Permission.SEE)
def show_leak(
    request: ApiRequest, organisation: Path[str], application: Path[str], number: Path[Number]
) -> SecretLeak:
    """Show a case, and whether the council has closed it."""
    del organisation
    row = application_of(request, application)
    return own(request, row.secret_leaks.all(), number, whose="application__organisation")
