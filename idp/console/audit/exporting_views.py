"""Downloading an export of the audit log."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import staff
from accounts.audit.exporting import operations
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from idp.console.audit.forms import ExportForm


@staff_may(Permission.READ_AUDIT)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: BoroughRequest) -> HttpResponseBase:
    """Ask for which days, and send the events of those days as JSON lines."""
    if request.method != "POST":
        return _asking(request, refill(request, ExportForm()))
    form = ExportForm(request.POST)
    return _sent(request, form) if form.is_valid() else _asking(request, form)


def _asking(request: BoroughRequest, form: ExportForm) -> HttpResponse:
    words = {"form": form, "back_url": reverse("console:home")}
    return render(request, "idp/console/audit/export.html", words)


def _sent(request: BoroughRequest, form: ExportForm) -> StreamingHttpResponse:
    since, until = form.span()
    by = staff(session_of(request).account)
    first, last = form.cleaned_data["since"], form.cleaned_data["until"]
    return StreamingHttpResponse(
        operations.stream(since=since, until=until, by=by),
        content_type="application/jsonl; charset=us-ascii",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="audit-{first}-{last}.jsonl"',
        },
    )
