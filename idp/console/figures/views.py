"""The page of figures by week, and the same as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.security.access import no_page
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import staff_may
from idp.console.figures import page, queries


@staff_may(Permission.SEE_FIGURES)
@require_safe
def figures(request: BoroughRequest) -> HttpResponse:
    """Show half a year by week, as charts with the tables behind."""
    found = queries.figures()
    words = {
        "is_empty": not any(one.counts for one in found),
        "charts": page.charts(found),
        "tables": page.tables(found),
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/figures/figures.html", words)


@staff_may(Permission.SEE_FIGURES)
@no_page
@require_safe
def download(request: BoroughRequest) -> HttpResponse:
    """Return the figures as CSV."""
    del request
    text = page.csv_file(queries.figures())
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures-by-week.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
