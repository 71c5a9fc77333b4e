"""The same pages for services kept out of sight, for whoever has just shown who they are."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from idp.hiding import operations as hiding
from idp.privacy import blocks, choosing, choosing_address, earlier, page, queries, stopping
from idp.privacy import given as given_pages
from idp.privacy.places import OPEN, PRIVATE


@freshly_signed_in
@require_safe
def services(request: BoroughRequest) -> HttpResponse:
    """Show the services that the resident hid or the council marked, and what they blocked."""
    account = session_of(request).account
    words = {
        "services": page.connected(account, PRIVATE),
        "former": page.former(account, PRIVATE),
        **blocks.lists(account, PRIVATE),
        "back_url": OPEN.services,
        "exit_this_page": True,
    }
    return render(request, "idp/privacy/private.html", words)


@freshly_signed_in
@require_safe
def service(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what one service gets, why, and what can be done about it."""
    return page.show(request, session_of(request).account, service, PRIVATE)


@freshly_signed_in
@require_safe
def given(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what a service was given about the resident, and when."""
    account = session_of(request).account
    application = queries.known_service(account, service=service, private=True)
    back_url = PRIVATE.address("service", service)
    return given_pages.page(request, account, application, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to stop sharing with a service, and do so."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    return stopping.ask(request, agreement, PRIVATE)


@freshly_signed_in
@require_safe
def stopped(request: BoroughRequest, service: str) -> HttpResponse:
    """Show what has ended, and what the service was told."""
    account = session_of(request).account
    agreement = queries.last_stop(account, service=service, private=True)
    if agreement is None:
        raise Http404
    return stopping.stopped(request, agreement, PRIVATE)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to block a service or its organisation, and do so."""
    account = session_of(request).account
    application = queries.known_service(account, service=service, private=True)
    if application is None:
        raise Http404
    return blocks.ask(request, account, application, PRIVATE)


@freshly_signed_in
@no_page
@require_POST
def unblock(request: BoroughRequest, service: str) -> HttpResponse:
    """Let a service ask again."""
    return blocks.unblock_service(session_of(request).account, service, PRIVATE)


@freshly_signed_in
@no_page
@require_POST
def unblock_all(request: BoroughRequest, organisation: str) -> HttpResponse:
    """Let all services of an organisation ask again."""
    return blocks.unblock_organisation(session_of(request).account, organisation, PRIVATE)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask what to share with a service by choice, and change it."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    back_url = PRIVATE.address("service", service)
    return choosing.page(request, agreement, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_email(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask which email address a service gets, and change it."""
    account = session_of(request).account
    rows = queries.agreements(account, private=True).select_related("account")
    agreement = get_object_or_404(rows, application__slug=service)
    back_url = PRIVATE.address("service", service)
    return choosing_address.page(request, agreement, back_url=back_url, exit_this_page=True)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def separate(request: BoroughRequest, service: str, number: int) -> HttpResponse:
    """Ask whether to separate an earlier account with a service, and do so."""
    account = session_of(request).account
    application = queries.known_service(account, service=service, private=True)
    return earlier.ask(request, account, application, number, PRIVATE)


@freshly_signed_in
@no_page
@require_POST
def show(request: BoroughRequest, service: str) -> HttpResponse:
    """Put a service that the resident hid back among the others."""
    account = session_of(request).account
    application = queries.known_service(account, service=service, private=True)
    if application is None:
        raise Http404
    hiding.show(account=account, application=application, by=resident(account))
    return HttpResponseRedirect(reverse("privacy:private"), status=303)
