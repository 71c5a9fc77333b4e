"""The page of services that are kept out of sight, for whoever has just shown who they are."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from idp.hiding import operations as hiding
from idp.privacy import choosing, choosing_address, page, queries, stopping
from idp.privacy import given as given_pages


@freshly_signed_in
@require_safe
def services(request: BoroughRequest) -> HttpResponse:
    """Show the services that the resident hid or the council marked."""
    account = session_of(request).account
    service = request.GET.get("stopped", "")
    words = {
        "services": page.services(account, private=True),
        "former": queries.former(account, private=True),
        "stopped": queries.stopped(account, service=service, private=True),
        "exit_this_page": True,
    }
    return render(request, "idp/privacy/private.html", words)


@freshly_signed_in
@require_safe
def given(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what a service was given about the resident, and when."""
    account = session_of(request).account
    application = queries.known_service(account, service=service, private=True)
    back_url = reverse("privacy:private")
    return given_pages.page(request, account, application, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to stop sharing with a service, and do so."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    back_url = reverse("privacy:private")
    return stopping.page(request, agreement, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask what to share with a service by choice, and change it."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    back_url = reverse("privacy:private")
    return choosing.page(request, agreement, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_email(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask which email address a service gets, and change it."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    back_url = reverse("privacy:private")
    return choosing_address.page(request, agreement, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@no_page
@require_POST
def show(request: BoroughRequest, service: str) -> HttpResponse:
    """Put a service that the resident hid back among the others."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True)
    application = get_object_or_404(rows, application__slug=service).application
    hiding.show(account=account, application=application, by=resident(account))
    return HttpResponseRedirect(reverse("privacy:private"), status=303)
