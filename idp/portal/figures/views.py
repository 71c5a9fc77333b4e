"""The page of an application's figures, and the same as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.security.access import no_page
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.portal.figures import page, queries
from idp.portal.figures.rules import PERCENTILES


def _by_hour(request: BoroughRequest) -> bool:
    return request.GET.get("by") == "hour"


@application_may(Permission.SEE)
@require_safe
def figures(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show sign-ins, sharing, errors and latencies as charts, with the tables behind."""
    by_hour = _by_hour(request)
    found = queries.figures(application, by_hour=by_hour)
    words = {
        "member": member,
        "application": application,
        "by": "hour" if by_hour else "day",
        "by_hour": by_hour,
        "is_empty": not any(one.latency[95] or one.agreed or one.refused for one in found.periods),
        "charts": page.charts(found, by_hour=by_hour),
        "rows": page.rows(found, by_hour=by_hour),
        "percentiles": PERCENTILES,
        "errors": page.errors(found),
        "errors_chart": page.errors_chart(found),
        "errors_over_time": page.errors_over_time(found, by_hour=by_hour),
        "errors_rows": page.errors_rows(found, by_hour=by_hour),
        "has_others": page.has_others(found),
    }
    return render(request, "idp/portal/figures/figures.html", words)


@application_may(Permission.SEE)
@no_page
@require_safe
def download(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Return the figures as CSV."""
    del member
    found = queries.figures(application, by_hour=_by_hour(request))
    answer = HttpResponse(page.csv_file(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{application.slug}-figures.csv"'
    return answer
