"""Asking whether to stop sharing with a service, doing so, and saying what came of it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.audit.actor import resident
from accounts.pages.moments import moment
from accounts.sessions.middleware import BoroughRequest
from idp.consent import operations as consents
from idp.models import Consent
from idp.privacy import details, page, telling
from idp.privacy.choosing import choices
from idp.privacy.places import Place


def ask(request: BoroughRequest, agreement: Consent, place: Place) -> HttpResponse:
    """Ask, or end the agreement and go on to what came of it."""
    application = agreement.application
    if request.method == "POST":
        account = agreement.account
        consents.withdraw(account=account, application=application, by=resident(account))
        return HttpResponseRedirect(place.address("stopped", application.slug), status=303)
    words = _words(agreement, place)
    words["back_url"] = place.address("service", application.slug)
    return render(request, "idp/privacy/stop.html", words)


def stopped(request: BoroughRequest, agreement: Consent, place: Place) -> HttpResponse:
    """Say what has ended, and what the service has been told so far; each reload looks anew."""
    words = {
        **_words(agreement, place),
        "at": moment(agreement.withdrawn_at) if agreement.withdrawn_at else "",
        "ended_with_account": agreement.ended_with_account,
        "told": telling.since(agreement),
    }
    return render(request, "idp/privacy/stopped.html", words)


def _words(agreement: Consent, place: Place) -> dict[str, Any]:
    told = details.of(agreement)
    bases = {detail.basis for detail in told}
    return {
        **page.about(agreement.application, place),
        "only_by_choice": page.only_by_choice(told),
        "by_choice": [
            label
            for detail in told
            if detail.basis == details.Basis.CONSENT
            for label in detail.labels
        ],
        "has_choices": bool(choices(agreement)),
        # UK GDPR article 21: to processing for a public task, not to what a law or contract wants.
        "may_object": details.Basis.PUBLIC_TASK in bases,
        "kept": details.kept(told, agreement.application.organisation.name),
        # A service that looks only at a token's signature learns of the end when that expires.
        "minutes": -(-settings.ACCESS_TOKEN_LIFETIME.seconds // 60),
    }
