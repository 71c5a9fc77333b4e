"""The page of services, and the page to stop sharing with one."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from idp.consent import operations as consents
from idp.privacy import page, queries


@signed_in
@require_safe
def services(request: BoroughRequest) -> HttpResponse:
    """Show every service that the resident shares details with, and which."""
    account = session_of(request).account
    stopped = queries.stopped(account, service=request.GET.get("stopped", ""))
    words = {"services": page.services(account), "stopped": stopped}
    return render(request, "idp/privacy/services.html", words)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: BoroughRequest, service: str) -> HttpResponse:
    """Ask whether to stop sharing with a service, and do so."""
    account = session_of(request).account
    agreement = get_object_or_404(queries.agreements(account), application__slug=service)
    back = reverse("privacy:services")
    if request.method == "POST":
        application = agreement.application
        consents.withdraw(account=account, application=application, by=resident(account))
        return HttpResponseRedirect(f"{back}?{urlencode({'stopped': service})}", status=303)
    # A service that looks only at a token's signature learns of the end when the token expires.
    minutes = -(-settings.ACCESS_TOKEN_LIFETIME.seconds // 60)
    words = {"application": agreement.application, "minutes": minutes, "back_url": back}
    return render(request, "idp/privacy/stop.html", words)
