"""Changing which email address a service gets."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.audit.actor import resident
from accounts.sessions.middleware import BoroughRequest
from idp.consent import operations as consenting
from idp.consent import queries as consents
from idp.models import Consent
from idp.oidc.sharing import addresses
from idp.oidc.sharing.addresses import NothingChosen, NotOfferedError


def page(
    request: BoroughRequest, agreement: Consent, *, back_url: str, exit_this_page: bool = False
) -> HttpResponse:
    """Ask which address the service gets, or change it and go back to the list."""
    account, application = agreement.account, agreement.application
    offered = addresses.offered(account, agreement.claims)
    if not offered:
        raise Http404
    error = None
    if request.method == "POST":
        try:
            email = offered.chosen(request.POST.get(addresses.NAME, ""))
        except NotOfferedError:
            # None, or one that was taken from the account meanwhile.
            error = NothingChosen()
        else:
            consenting.share_address(
                account=account, application=application, email=email, by=resident(account)
            )
            return HttpResponseRedirect(back_url, status=303)
    words = {
        "application": application,
        "addresses": offered.radios(consents.mailbox_of(agreement)),
        "back_url": back_url,
        "exit_this_page": exit_this_page,
        **(error.words() if error else {}),
    }
    return render(request, "idp/privacy/address.html", words)
