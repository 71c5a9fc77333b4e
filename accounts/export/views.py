"""The pages of a copy: asking for it, waiting, downloading and deleting it."""

from typing import Final
from uuid import UUID

from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.export import operations, page, queries, sealing
from accounts.export.decorators import freshly_signed_in_alone
from accounts.export.forms import CopyForm
from accounts.export.rules import Standing
from accounts.export.sealing import Document
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.table import EXPORT
from accounts.models import Account, Export
from accounts.pages import errors
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest

_TYPES: Final = {
    Document.JSON: ("application/json", "json"),
    Document.PAGE: ("text/html; charset=utf-8", "html"),
}


@signed_in
@require_safe
def copy(request: BoroughRequest) -> HttpResponse:
    """Say what a copy is, or how far the one is that was asked for."""
    session = session_of(request)
    words = page.words(queries.newest(session.account))
    return render(request, "accounts/export/copy.html", words)


@freshly_signed_in_alone
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: BoroughRequest) -> HttpResponse:
    """Ask what shall be in the copy, and have it prepared."""
    account = session_of(request).account
    if queries.standing_of(queries.newest(account)) in operations.THERE:
        # A second click, or another tab: there is one, and never two.
        return HttpResponseRedirect(reverse("export:copy"), status=303)
    data = request.POST if request.method == "POST" else None
    form = refill(request, CopyForm(data))
    if form.is_valid():
        return _take(request, account, includes_private=form.cleaned_data["private"] == "yes")
    words = {"form": form, "back_url": reverse("export:copy")}
    return render(request, "accounts/export/ask.html", words)


def _take(request: BoroughRequest, account: Account, *, includes_private: bool) -> HttpResponse:
    verdict = hit(EXPORT, str(account.pk))
    if not verdict.allowed:
        return errors.too_many_requests(request, verdict.wait)
    operations.ask(account=account, includes_private=includes_private, by=resident(account))
    return HttpResponseRedirect(reverse("export:copy"), status=303)


@freshly_signed_in_alone
@no_page
@require_safe
def download(request: BoroughRequest, number: UUID, document: str) -> HttpResponseBase:
    """Hand over one of the copy's documents, to be saved."""
    account = session_of(request).account
    export = _own(account, number)
    if document not in Document:
        raise Http404
    kind = Document(document)
    if request.method == "HEAD":
        is_there = queries.standing_of(export) is Standing.READY
        return _file(export, kind) if is_there else _gone(request)
    ready = operations.note_download(export=export, document=kind, by=resident(account))
    return _gone(request) if ready is None else _file(ready, kind)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: BoroughRequest, number: UUID) -> HttpResponse:
    """Ask whether to delete what can be downloaded, and do so."""
    account = session_of(request).account
    export = _own(account, number)
    if request.method == "POST":
        operations.delete(export=export, by=resident(account))
        return HttpResponseRedirect(reverse("export:copy"), status=303)
    if queries.standing_of(export) is not Standing.READY:
        return _gone(request)
    return render(request, "accounts/export/delete.html", {"back_url": reverse("export:copy")})


def _own(account: Account, number: UUID) -> Export:
    return get_object_or_404(Export, account=account, pk=number)


def _gone(request: BoroughRequest) -> HttpResponse:
    note_step(request, Standing.GONE)
    return render(request, "accounts/export/gone.html", status=410)


def _file(export: Export, kind: Document) -> StreamingHttpResponse:
    content_type, ending = _TYPES[kind]
    size = export.json_size if kind is Document.JSON else export.page_size
    day = localdate(export.ready_at).isoformat()
    return StreamingHttpResponse(
        sealing.read(export, kind),
        content_type=content_type,
        headers={
            # No name: the file may lie on a desk top that others see.
            "Content-Disposition": f'attachment; filename="copy-{day}.{ending}"',
            "Content-Length": str(size),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
