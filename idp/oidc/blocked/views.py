"""The page that says that a service is blocked."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in
from accounts.models import Account
from accounts.sessions.decorators import public, session_of
from accounts.sessions.middleware import BoroughRequest
from idp.blocking import operations as blocking
from idp.blocking import queries
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest, Block
from idp.oidc.authorize import response, situation, steps, verifier
from idp.oidc.authorize.decorators import with_stored_request
from idp.oidc.authorize.next_step import SayBlocked
from idp.oidc.authorize.verifier import StepName
from idp.oidc.sharing import leaving


@public
@require_http_methods(["GET", "POST"])
@with_stored_request
def say(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponseBase:
    """Say that the service is blocked, and ask whether to unblock it or to go back."""
    session = request.signed_in
    if session is None or not isinstance(situation.of(row, session).step, SayBlocked):
        return steps.back(row)
    if request.test_group is None and is_sensitive(row.application, session.account):
        # Whoever finds the browser open learns nothing by coming from the service.
        return freshly_signed_in(_page)(request, row, exit_this_page=True)
    return _page(request, row)


def _page(
    request: BoroughRequest, row: AuthorizationRequest, *, exit_this_page: bool = False
) -> HttpResponse:
    session = session_of(request)
    blocks = queries.against(row.application, session.account)
    # A block made since, perhaps of the whole organisation, was not in view.
    shown = " ".join(str(block.pk) for block in blocks)
    if request.method == "POST":
        if not verifier.fits(request, row, StepName.BLOCKED, session, shown=shown):
            return steps.back(row)
        return _answered(request, row, blocks)
    words = {
        "row": row,
        "organisation": next((block.organisation for block in blocks if block.organisation), None),
        "exit_this_page": exit_this_page,
        "verifier": verifier.make(row, StepName.BLOCKED, session, shown=shown),
    }
    return response.allow_way_back(render(request, "idp/blocked/say.html", words), row)


def _answered(
    request: BoroughRequest, row: AuthorizationRequest, blocks: list[Block]
) -> HttpResponse:
    session = session_of(request)
    match request.POST.get("decision"):
        case "unblock":
            _lift(blocks, session.account)
        case "leave":
            return leaving.leave(request, row, session)
    return steps.back(row)


def _lift(blocks: list[Block], account: Account) -> None:
    by = resident(account)
    for block in blocks:
        if block.application is not None:
            blocking.unblock_application(account=account, application=block.application, by=by)
        if block.organisation is not None:
            blocking.unblock_organisation(account=account, organisation=block.organisation, by=by)
