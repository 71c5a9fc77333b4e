"""The page of services, and the pages to stop sharing with one and to hide one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from idp.hiding import operations as hiding
from idp.privacy import choosing, choosing_address, page, queries, stopping
from idp.privacy import given as given_pages


@signed_in
@require_safe
def services(request: BoroughRequest) -> HttpResponse:
    """Show every service that the resident shares details with, but those kept out of sight."""
    account = session_of(request).account
    stopped = queries.stopped(account, service=request.GET.get("stopped", ""))
    words = {
        "services": page.services(account),
        "former": queries.former(account),
        "stopped": stopped,
    }
    return render(request, "idp/privacy/services.html", words)


@signed_in
@require_safe
def given(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what a service was given about the resident, and when."""
    account = session_of(request).account
    application = queries.known_service(account, service=service)
    return given_pages.page(request, account, application, back_url=reverse("privacy:services"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to stop sharing with a service, and do so."""
    rows = queries.agreements(session_of(request).account).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return stopping.page(request, agreement, back_url=reverse("privacy:services"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask what to share with a service by choice, and change it."""
    rows = queries.agreements(session_of(request).account).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return choosing.page(request, agreement, back_url=reverse("privacy:services"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_email(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask which email address a service gets, and change it."""
    rows = queries.agreements(session_of(request).account).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return choosing_address.page(request, agreement, back_url=reverse("privacy:services"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to keep a service out of sight, and do so."""
    account = session_of(request).account
    agreement = get_object_or_404(queries.agreements(account), application__slug=service)
    application, back_url = agreement.application, reverse("privacy:services")
    if request.method == "POST":
        hiding.hide(account=account, application=application, by=resident(account))
        # No word of it on the page that comes next: it may be read over a shoulder.
        return HttpResponseRedirect(back_url, status=303)
    words = {"application": application, "back_url": back_url}
    return render(request, "idp/privacy/hide.html", words)
