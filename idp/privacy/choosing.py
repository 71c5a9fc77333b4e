"""Changing what one shares with a service by choice."""

from collections.abc import Collection
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.audit.actor import resident
from accounts.security import keyed_hash
from accounts.sessions.middleware import BoroughRequest
from clients.models import ApplicationScope
from clients.scopes import SCOPES
from idp.consent import operations as consents
from idp.consent.rules import Details
from idp.models import Consent
from idp.oidc import claims

_PURPOSE: Final = "choices-page"


def page(
    request: BoroughRequest, agreement: Consent, *, back_url: str, exit_this_page: bool = False
) -> HttpResponse:
    """Ask what to share by choice, or change it and go back to the list that it stood in."""
    application = agreement.application
    offered = _offered(agreement)
    if not offered:
        raise Http404
    terms = {row.scope: row.version for row in offered}
    shown = f"{agreement.pk} {sorted(terms.items())}"
    if request.method == "POST":
        presented = request.POST.get("shown", "")
        if not (presented.isascii() and keyed_hash.matches(_PURPOSE, shown, presented)):
            # About other terms, or from before another choice: it comes again as things are now.
            return HttpResponseRedirect(request.path, status=303)
        names = set(terms)
        account = agreement.account
        consents.choose(
            account=account,
            application=application,
            optional=_details(names),
            chosen=_details(names.intersection(request.POST.getlist("choice"))),
            terms=terms,
            by=resident(account),
        )
        return HttpResponseRedirect(back_url, status=303)
    words = {
        "application": application,
        "choices": choices(agreement),
        "shown": keyed_hash.digest(_PURPOSE, shown),
        "back_url": back_url,
        "exit_this_page": exit_this_page,
    }
    return render(request, "idp/privacy/choices.html", words)


def choices(agreement: Consent) -> list[dict[str, Any]]:
    """Return what was asked for by choice, as checkboxes take it: ticked is what is shared."""
    return [
        {
            "value": row.scope,
            "text": SCOPES[row.scope].label,
            "hint": {"text": _told(row)},
            "checked": _is_among(row.scope, agreement.scopes, agreement.claims),
        }
        for row in _offered(agreement)
    ]


def _offered(agreement: Consent) -> list[ApplicationScope]:
    return [
        row
        for row in sorted(agreement.application.scopes.all(), key=lambda row: row.pk)
        if row.is_optional and _was_asked_for(row.scope, agreement)
    ]


def _told(row: ApplicationScope) -> str:
    if not row.retention:
        return row.purpose
    text = _("{purpose}. What is kept, and for how long: {retention}")
    return text.format(purpose=row.purpose.rstrip("."), retention=row.retention)


def _was_asked_for(scope: str, agreement: Consent) -> bool:
    return _is_among(scope, agreement.scopes, agreement.claims) or _is_among(
        scope, agreement.declined_scopes, agreement.declined_claims
    )


def _is_among(scope: str, scopes: Collection[str], claim_names: Collection[str]) -> bool:
    return scope in scopes or not claims.names([scope]).isdisjoint(claim_names)


def _details(scopes: Collection[str]) -> Details:
    return Details(frozenset(scopes), frozenset(claims.names(scopes)))
