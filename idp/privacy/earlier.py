"""What a resident brought along to a service, as its page shows it, and separating it again."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from accounts.audit.actor import resident
from accounts.models import Account
from accounts.pages.moments import moment
from accounts.sessions.middleware import BoroughRequest
from clients.models import Application
from idp.old_user_ids import operations, queries
from idp.privacy.places import Place


def accounts(account: Account, application: Application, place: Place) -> list[dict[str, str]]:
    """Return each earlier account: what the service calls it, since when it is linked."""
    return [
        {
            "name": queries.opened(row.sealed),
            "since": moment(row.claimed_at) if row.claimed_at else "",
            "page": place.separate(application.slug, row.pk),
        }
        for row in queries.of_account(account, application)
    ]


def ask(
    request: BoroughRequest,
    account: Account,
    application: Application | None,
    number: int,
    place: Place,
) -> HttpResponse:
    """Ask whether to separate one, or do so and go back to the service's page."""
    if application is None:
        raise Http404
    row = get_object_or_404(queries.of_account(account, application), pk=number)
    back_url = place.address("service", application.slug)
    if request.method == "POST":
        operations.separate(row=row, account=account, by=resident(account))
        return HttpResponseRedirect(back_url, status=303)
    words: dict[str, Any] = {
        "application": application,
        "name": queries.opened(row.sealed),
        "back_url": back_url,
        "exit_this_page": place.private,
    }
    return render(request, "idp/privacy/separate.html", words)
