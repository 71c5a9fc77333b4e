"""Operations on what an application asked, and how it went: its trail and its figures."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from clients.organisations.members.rules import Permission
from idp.partner_api.door import ApiRequest, application_of, needs
from idp.partner_api.problems import no_such_place, not_there
from idp.portal.figures import page as figures_page
from idp.portal.figures import queries as figures
from idp.portal.trail import page, queries, rules
from idp.portal.trail.page import Shown
from idp.portal.trail.rules import Place, Wanted

router = Router(tags=["Requests and figures"])
_MOST = 100
Endpoint = Literal[
    "authorize",
    "token",
    "userinfo",
    "par",
    "introspect",
    "revoke",
    "device-authorization",
    "device",
    "logout",
    "register/client",
]


class RequestShown(BaseModel):
    """A request of an application in words, as its trail remembers it.

    `fix`: what mends it, of what was refused. `is_authenticated`: it proved to be the application;
    anybody could have sent the others.
    """

    at: datetime
    endpoint: str
    status: int
    outcome: str
    reason: str
    happened: str
    parameter: str
    sent: str
    section: str
    fix: str
    help_code: str
    client_library: str
    milliseconds: float
    is_authenticated: bool


class RequestsListed(BaseModel):
    """Requests, the newest first; `next`: give it as `after` to read on, null at the end."""

    items: list[RequestShown]
    next: str | None


class RequestsWanted(BaseModel):
    """Which requests to list; what is left out narrows nothing."""

    endpoint: Endpoint | None = None
    outcome: Literal["refused", "passed"] | None = None
    sender: Literal["proved", "anybody"] | None = None
    span: Literal["hour", "day", "week"] | None = None
    after: Annotated[str, Field(max_length=40)] | None = None
    limit: Annotated[int, Field(ge=1, le=_MOST)] = queries.ON_A_PAGE


class Latency(BaseModel):
    """Milliseconds within which 50, 95 and 99 of 100 requests were answered; null of none."""

    p50: int | None
    p95: int | None
    p99: int | None


class PeriodShown(BaseModel):
    """A day or an hour; `refused` is what residents did, `errors` are refused requests."""

    start: datetime
    sign_ins: int
    agreed: int
    refused: int
    errors: int
    latency: Latency


class ReasonShown(BaseModel):
    """How often a reason refused the application's own requests."""

    endpoint: str
    reason: str
    requests: int
    in_words: str


class ReasonInPeriod(BaseModel):
    """How often a reason refused the application's own requests in a day or an hour."""

    start: datetime
    endpoint: str
    reason: str
    requests: int


class FiguresShown(BaseModel):
    """Thirty days, or 48 hours, the oldest first; of requests that proved to be its own.

    `refusals` are of the twenty most frequent reasons; `refusals_by_period` leaves out where a
    reason refused nothing.
    """

    periods: list[PeriodShown]
    refusals: list[ReasonShown]
    refusals_by_period: list[ReasonInPeriod]


@router.get("/requests", response=RequestsListed, operation_id="list_requests")
@needs(Permission.SEE)
def list_requests(
    request: ApiRequest,
    organisation: Path[str],
    application: Path[str],
    asked: Query[RequestsWanted],
) -> dict[str, Any]:
    """List the requests of an application, the newest first, within two seconds."""
    del organisation
    row = application_of(request, application)
    after = rules.place(asked.after) if asked.after else None
    if asked.after and after is None:
        raise no_such_place()
    wanted = Wanted(asked.endpoint or "", asked.outcome or "", asked.sender or "", asked.span or "")
    found = list(queries.entries(row, wanted, after=after)[: asked.limit + 1])
    shown = found[: asked.limit]
    older = Place(shown[-1].at, shown[-1].pk) if len(found) > asked.limit else None
    return {
        "items": [_request(page.shown(row, one)) for one in shown],
        "next": str(older) if older else None,
    }


@router.get("/requests/{help_code}", response=RequestShown, operation_id="show_request")
@needs(Permission.SEE)
def show_request(
    request: ApiRequest, organisation: Path[str], application: Path[str], help_code: Path[str]
) -> dict[str, Any]:
    """Show the request of the help code, or reference, that an error ended in."""
    del organisation
    row = application_of(request, application)
    code = rules.help_code(help_code)
    found = queries.by_help_code(row, code) if code else None
    if found is None:
        raise not_there()
    return _request(page.shown(row, found))


@router.get("/figures", response=FiguresShown, operation_id="show_figures")
@needs(Permission.SEE)
def show_figures(
    request: ApiRequest,
    organisation: Path[str],
    application: Path[str],
    by: Query[Literal["day", "hour"]] = "day",
) -> dict[str, Any]:
    """Count sign-ins, sharing agreed and refused, latencies and errors, by day or hour."""
    del organisation
    found = figures.figures(application_of(request, application), by_hour=by == "hour")
    return {
        "periods": [
            {**vars(one), "latency": {f"p{part}": ms for part, ms in one.latency.items()}}
            for one in found.periods
        ],
        "refusals": [
            {
                "endpoint": one.endpoint,
                "reason": one.reason,
                "requests": one.number,
                "in_words": figures_page.in_words(one.reason),
            }
            for one in found.refusals
        ],
        "refusals_by_period": [
            {
                "start": period.start,
                "endpoint": one.endpoint,
                "reason": one.reason,
                "requests": one.within(period),
            }
            for period, one in figures_page.over_time(found)
        ],
    }


_CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


@router.get(
    "/figures.csv", response={200: None}, operation_id="download_figures", openapi_extra=_CSV
)
@needs(Permission.SEE)
def download_figures(
    request: ApiRequest,
    organisation: Path[str],
    application: Path[str],
    by: Query[Literal["day", "hour"]] = "day",
) -> HttpResponse:
    """Return the figures as the CSV file that the page has."""
    del organisation
    found = figures.figures(application_of(request, application), by_hour=by == "hour")
    return HttpResponse(figures_page.csv_file(found), content_type="text/csv; charset=utf-8")


def _request(shown: Shown) -> dict[str, Any]:
    row = shown.row
    names = ("at", "endpoint", "status", "outcome", "reason", "parameter", "sent", "section")
    more = ("help_code", "client_library", "is_authenticated")
    return {
        **{name: getattr(row, name) for name in (*names, *more)},
        "happened": shown.happened,
        "fix": shown.fix,
        "milliseconds": row.duration / 1000,
    }
