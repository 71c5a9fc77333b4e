"""The page to choose which services are asked to erase what they have."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.closing.queries import waiting
from accounts.mfa.decorators import freshly_signed_in
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from idp.privacy.erasure import operations, queries


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: BoroughRequest) -> HttpResponse:
    """Offer each service that knows the resident and can be asked; name the others."""
    account = session_of(request).account
    closing = waiting(account)
    services = list(queries.known_to(account))
    if closing is None or not services:
        return redirect("closing:waiting")
    able = queries.can_be_asked(account)
    if request.method == "POST":
        asked = request.POST.getlist("choice")
        chosen = [row for row in services if row.slug in asked and row.pk in able]
        operations.choose(account=account, applications=chosen, by=resident(account))
        return HttpResponseRedirect(reverse("closing:waiting"), status=303)
    before = {row.application_id for row in queries.chosen(closing)}
    words: dict[str, Any] = {
        "closing": closing,
        "choices": [
            {
                "value": row.slug,
                "text": row.name,
                "hint": {"text": row.organisation.name},
                "checked": row.pk in before,
            }
            for row in services
            if row.pk in able
        ],
        "others": [row for row in services if row.pk not in able],
        "back_url": reverse("closing:waiting"),
        "exit_this_page": True,
    }
    return render(request, "idp/privacy/erasure.html", words)
