"""The end-session endpoint and its confirmation page."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.models import Session
from accounts.sessions import made_up
from accounts.sessions import operations as sessions
from accounts.sessions.cookies import holding
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from clients.models import Application
from idp.hiding.queries import is_sensitive
from idp.models import Participant
from idp.oidc import errors, initiation, participants
from idp.oidc.authorize import response
from idp.oidc.authorize.checks.table import BOUNDS
from idp.oidc.authorize.redirect_uri import with_parameters
from idp.oidc.authorize.request import first_error, read
from idp.oidc.errors import never_stored
from idp.oidc.logout import frontchannel, operations, rules, wish
from idp.oidc.logout.rules import Outcome
from idp.oidc.logout.wish import Wish
from idp.trail import noting


@public
# RP-Initiated Logout §2: services post here from their own pages, which know no token of ours.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def logout(request: BoroughRequest) -> HttpResponse:
    """Take a service's wish to sign somebody out."""
    asked = read(request)
    error = first_error(asked, BOUNDS)
    if error is not None:
        errors.log(error, endpoint="logout")
        note_step(request, error.code)
        return response.error_page(request, error)
    wanted = wish.of(asked.parameters)
    if request.method == "POST":
        # Our cookies stay behind with a cross-site POST (SameSite=Lax): come back by GET.
        query = urlencode({"wish": wish.pack(wanted)})
        return response.see_other(f"{reverse('logout:continue')}?{query}")
    return _take(request, wanted)


@public
@require_GET
def come_back(request: BoroughRequest) -> HttpResponse:
    """Take a wish that came by a cross-site POST."""
    return _take(request, wish.unpack(request.GET.get("wish", "")))


@public
@require_POST
def confirm(request: BoroughRequest) -> HttpResponse:
    """Sign out as the resident chose on the confirmation page: of one service, or of everything."""
    wanted = wish.unpack(request.POST.get("wish", ""))
    application = wanted.application()
    _enter(request, application)
    session = request.signed_in
    if session is None:
        return _signed_out(request, application)
    if request.POST.get("choice") == "everything":
        opened = _end(request, session)
        return _signed_out(request, application, opened)
    part = _part(session, application)
    if request.POST.get("choice") != "service" or part is None:
        return _ask(request, session, wanted)
    opened = frontchannel.addresses(Q(pk=part.pk))
    operations.leave_service(participant=part, by=resident(session.account))
    words = {
        "application": application,
        "way_back": initiation.way_back(application) if application else "",
        "account": session.account,
        "exit_this_page": is_sensitive(application, session.account),
        "frames": opened,
    }
    page = render(request, "idp/logout/signed_out_of_service.html", words)
    return never_stored(frontchannel.let_open(page, opened))


def _enter(request: BoroughRequest, application: Application | None) -> None:
    """Have the wish be about whom the application serves.

    One that names none is about whoever is signed in here: where nobody real is, a made-up person.
    """
    if application is not None:
        made_up.enter(request, application.test_group)
    elif request.signed_in is None:
        made_up.enter(request, made_up.group_here(request))


def _take(request: BoroughRequest, wanted: Wish) -> HttpResponse:
    asking = wanted.application()
    _enter(request, asking)
    session = request.signed_in
    facts = rules.Facts(
        signed_in=session is not None,
        hint=wanted.hint,
        hint_is_ours=session is not None and _is_of(session, wanted),
        return_address=wanted.address,
    )
    outcome = rules.outcome(facts)
    note_step(request, outcome)
    page = _carried_out(request, session, wanted, outcome)
    noting.by_browser(
        request,
        endpoint="logout",
        status=page.status_code,
        client_id=wanted.client_id,
        outcome=noting.OK if outcome in rules.ENDING else noting.BEGUN,
        reason=outcome,
        section="RP-Initiated Logout §2",
    )
    return page


def _carried_out(
    request: BoroughRequest, session: Session | None, wanted: Wish, outcome: Outcome
) -> HttpResponse:
    if session is not None and outcome not in rules.ENDING:
        return _ask(request, session, wanted)
    opened = _end(request, session) if session is not None else []
    application = wanted.application()
    if outcome is not Outcome.END_AND_RETURN:
        return _signed_out(request, application, opened)
    if opened:
        to = _return_address(wanted)
        return frontchannel.going_on(request, opened, to=to, application=application)
    return _way_back(wanted)


def _is_of(session: Session, wanted: Wish) -> bool:
    part = participants.by_sid(wanted.sid, session)
    return part is not None and part.application.client_id == wanted.client_id


def _part(session: Session, application: Application | None) -> Participant | None:
    part = participants.find(session, application) if application else None
    return part if part is not None and part.signed_out_at is None else None


def _end(request: BoroughRequest, session: Session) -> list[str]:
    """Sign out everywhere in this browser, and return what services want it to open."""
    opened = frontchannel.addresses(Q(session=session))
    sessions.sign_out(session=session, browser=request.browser, by=resident(session.account))
    if request.test_group is None:
        # The next person at this computer gets a form secret that the last one never saw.
        rotate_token(request)
    # The session's middleware takes the cookie along.
    request.forgets.add(holding(request.test_group))
    request.signed_in = None
    return opened


def _return_address(wanted: Wish) -> str:
    uri = wanted.return_address
    return with_parameters(uri, {"state": wanted.state}) if wanted.state else uri


def _way_back(wanted: Wish) -> HttpResponse:
    answer = HttpResponse(status=303)
    answer["Location"] = _return_address(wanted)
    answer["Referrer-Policy"] = "no-referrer"
    return never_stored(answer)


def _signed_out(
    request: BoroughRequest, application: Application | None, opened: Sequence[str] = ()
) -> HttpResponse:
    words = {
        "application": application,
        # A wish without a hint is sent nowhere (RP-Initiated Logout §3): the way back is a link.
        "way_back": initiation.way_back(application) if application else "",
        "exit_this_page": is_sensitive(application, None),
        "frames": opened,
        # Whoever tried the service out as a made-up person is signed in here themselves.
        "still_here": request.tries_out,
    }
    page = render(request, "idp/logout/signed_out.html", words)
    return never_stored(frontchannel.let_open(page, opened))


def _ask(request: BoroughRequest, session: Session, wanted: Wish) -> HttpResponse:
    asking = wanted.application()
    application = asking if _part(session, asking) else None
    words = {
        "application": application,
        "exit_this_page": is_sensitive(application, session.account),
        "account": session.account,
        "wish": wish.pack(wanted),
    }
    return never_stored(render(request, "idp/logout/confirm.html", words))
