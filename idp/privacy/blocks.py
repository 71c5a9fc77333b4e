"""Blocking a service or all of its organisation, and the lists of both."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from accounts.audit.actor import resident
from accounts.models import Account
from accounts.pages.moments import moment
from accounts.sessions.middleware import BoroughRequest
from clients.models import Application, Organisation
from idp.blocking import operations as blocking
from idp.models import Block
from idp.privacy import page, queries
from idp.privacy.places import Place


def ask(
    request: BoroughRequest, account: Account, application: Application, place: Place
) -> HttpResponse:
    """Ask which to block, or do so and go on to the list of what is blocked."""
    organisation, by = application.organisation, resident(account)
    if request.method == "POST":
        match request.POST.get("decision"):
            case "service":
                blocking.block_application(account=account, application=application, by=by)
            case "organisation":
                blocking.block_organisation(account=account, organisation=organisation, by=by)
            case _:
                return HttpResponseRedirect(request.path, status=303)
        return HttpResponseRedirect(place.blocked, status=303)
    words = page.about(application, place)
    words["back_url"] = place.address("service", application.slug)
    return render(request, "idp/privacy/block.html", words)


def lists(account: Account, place: Place) -> dict[str, Any]:
    """Return what is blocked in this place, with where each block is lifted."""
    services = queries.blocked_services(account, private=place.private)
    organisations = queries.blocked_organisations(account, private=place.private)
    return {
        "blocked_services": [
            _line(row, row.application, place.address("unblock", row.application.slug))
            for row in services
            if row.application
        ],
        "blocked_organisations": [
            _line(row, row.organisation, place.address("unblock_all", row.organisation.slug))
            for row in organisations
            if row.organisation
        ],
    }


def unblock_service(account: Account, slug: str, place: Place) -> HttpResponse:
    """Lift the block of this service, and go back to the list."""
    rows = queries.blocked_services(account, private=place.private)
    application = get_object_or_404(rows, application__slug=slug).application
    if application is not None:
        by = resident(account)
        blocking.unblock_application(account=account, application=application, by=by)
    return HttpResponseRedirect(place.blocked, status=303)


def unblock_organisation(account: Account, slug: str, place: Place) -> HttpResponse:
    """Lift the block of this organisation, and go back to the list."""
    rows = queries.blocked_organisations(account, private=place.private)
    organisation = get_object_or_404(rows, organisation__slug=slug).organisation
    if organisation is not None:
        by = resident(account)
        blocking.unblock_organisation(account=account, organisation=organisation, by=by)
    return HttpResponseRedirect(place.blocked, status=303)


def _line(row: Block, whom: Application | Organisation, unblock: str) -> dict[str, str]:
    return {"name": whom.name, "since": moment(row.created_at), "unblock": unblock}
