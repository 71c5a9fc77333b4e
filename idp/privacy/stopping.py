"""Asking whether to stop sharing with a service, and doing so."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from accounts.audit.actor import resident
from accounts.sessions.middleware import BoroughRequest
from idp.consent import operations as consents
from idp.models import Consent


def page(
    request: BoroughRequest, agreement: Consent, *, back_url: str, exit_this_page: bool = False
) -> HttpResponse:
    """Ask, or end the agreement and go back to the list that it stood in."""
    application = agreement.application
    if request.method == "POST":
        account = agreement.account
        consents.withdraw(account=account, application=application, by=resident(account))
        query = urlencode({"stopped": application.slug})
        return HttpResponseRedirect(f"{back_url}?{query}", status=303)
    words = {
        "application": application,
        # A service that looks only at a token's signature learns of the end when that expires.
        "minutes": -(-settings.ACCESS_TOKEN_LIFETIME.seconds // 60),
        "back_url": back_url,
        "exit_this_page": exit_this_page,
    }
    return render(request, "idp/privacy/stop.html", words)
