"""The lists of services and the pages about each: stop, block, hide, and what it was given."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import resident
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from idp.hiding import operations as hiding
from idp.privacy import blocks, choosing, choosing_address, earlier, others, page, queries, stopping
from idp.privacy import given as given_pages
from idp.privacy.places import OPEN


@signed_in
@require_safe
def services(request: BoroughRequest) -> HttpResponse:
    """Show every service that the resident shares details with, but those kept out of sight."""
    account = session_of(request).account
    words = {
        "services": page.connected(account, OPEN),
        "former": page.former(account, OPEN),
    }
    return render(request, "idp/privacy/services.html", words)


@signed_in
@require_safe
def other_services(request: BoroughRequest) -> HttpResponse:
    """Show the council's list of services that the resident could sign in to."""
    words = others.page(session_of(request).account, request.GET.get("page"))
    words["back_url"] = OPEN.services
    return render(request, "idp/privacy/others.html", words)


@signed_in
@require_safe
def service(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what one service gets, why, and what can be done about it."""
    return page.show(request, session_of(request).account, service, OPEN)


@signed_in
@require_safe
def given(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what a service was given about the resident, and when."""
    account = session_of(request).account
    application = queries.known_service(account, service=service)
    back_url = OPEN.address("service", service)
    return given_pages.page(request, account, application, back_url=back_url)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to stop sharing with a service, and do so."""
    rows = queries.agreements(session_of(request).account).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return stopping.ask(request, agreement, OPEN)


@signed_in
@require_safe
def stopped(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what has ended, and what the service was told."""
    agreement = queries.last_stop(session_of(request).account, service=service)
    if agreement is None:
        raise Http404
    return stopping.stopped(request, agreement, OPEN)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to block a service or its organisation, and do so."""
    account = session_of(request).account
    application = queries.known_service(account, service=service)
    if application is None:
        raise Http404
    return blocks.ask(request, account, application, OPEN)


@signed_in
@require_safe
def blocked(request: BoroughRequest) -> HttpResponse:
    """Show which services and organisations are blocked, but those kept out of sight."""
    words = {**blocks.lists(session_of(request).account, OPEN), "back_url": OPEN.services}
    return render(request, "idp/privacy/blocked.html", words)


@signed_in
@no_page
@require_POST
def unblock(request: BoroughRequest, service: str) -> HttpResponse:
    """Let a service ask again."""
    return blocks.unblock_service(session_of(request).account, service, OPEN)


@signed_in
@no_page
@require_POST
def unblock_all(request: BoroughRequest, organisation: str) -> HttpResponse:
    """Let all services of an organisation ask again."""
    return blocks.unblock_organisation(session_of(request).account, organisation, OPEN)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask what to share with a service by choice, and change it."""
    rows = queries.agreements(session_of(request).account).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return choosing.page(request, agreement, back_url=OPEN.address("service", service))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_email(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask which email address a service gets, and change it."""
    rows = queries.agreements(session_of(request).account).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return choosing_address.page(request, agreement, back_url=OPEN.address("service", service))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def separate(request: BoroughRequest, service: str, number: int) -> HttpResponse:
    """Ask whether to separate an earlier account with a service, and do so."""
    account = session_of(request).account
    application = queries.known_service(account, service=service)
    return earlier.ask(request, account, application, number, OPEN)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to keep a service out of sight, also one that was stopped, and do so."""
    account = session_of(request).account
    application = queries.known_service(account, service=service)
    if application is None:
        raise Http404
    if request.method == "POST":
        hiding.hide(account=account, application=application, by=resident(account))
        # No word of it on the page that comes next: it may be read over a shoulder.
        return HttpResponseRedirect(reverse("privacy:services"), status=303)
    shared_with = queries.agreements(account).filter(application=application)
    words = {
        "application": application,
        "is_shared_with": shared_with.exists(),
        "back_url": OPEN.address("service", service),
    }
    return render(request, "idp/privacy/hide.html", words)
