"""The staff's own sign-in, and the way out."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import OverLimitError, Verdict, hit
from accounts.limits.rules import network_of
from accounts.limits.table import STAFF_NETWORK
from accounts.mfa.passkeys import options
from accounts.pages.time_left import until
from accounts.security import cookies
from accounts.security.access import no_page
from accounts.sessions.decorators import public, session_of
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import enter
from accounts.sessions.operations import AccountChangedError
from accounts.sessions.queries import facts_of
from accounts.sessions.rules import ends_at
from accounts.signin.rules import is_local_path
from accounts.staffing.decorators import staff_only
from accounts.staffing.entry import operations, page
from accounts.staffing.entry.forms import KeyForm, words_for
from accounts.staffing.entry.rules import Refusal

# The field that the page's script fills in.
ANSWER = "passkey"


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: BoroughRequest) -> HttpResponse:
    """Ask for a key, and let in whose it is if they work for the council."""
    enter(request)
    asked = request.GET.get("return_to", "")
    leads_to = asked if is_local_path(asked) else page.home()
    if request.method == "POST":
        return _take(request, leads_to)
    if request.signed_in is not None and "again" not in request.GET:
        return redirect(leads_to)
    return _page(request, KeyForm())


@public
@no_page
@counts_itself
@require_POST
def ask(request: BoroughRequest) -> HttpResponse:
    """Give this browser a question for any key."""
    if not _count(request).allowed:
        return JsonResponse({}, status=429)
    return JsonResponse(options.for_staff_sign_in(request.browser))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: BoroughRequest) -> HttpResponse:
    """Ask whether to sign out, and do so; without a session, say that nobody is signed in."""
    enter(request)
    session = request.signed_in
    if session is None:
        return render(request, "accounts/staffing/signed_out.html")
    if request.method != "POST":
        return render(request, "accounts/staffing/sign_out.html", {"back_url": page.home()})
    operations.sign_out(session=session)
    # The next person at this computer gets a form secret that the last one never saw.
    rotate_token(request)
    response = HttpResponseRedirect(reverse("staff:sign_out"), status=303)
    cookies.drop(response, cookies.STAFF)
    return response


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: BoroughRequest) -> HttpResponse:
    """Stay signed in, as any request does, and tell the page's script until when."""
    if not request.accepts("text/html"):
        session = session_of(request)
        return until(ends_at(facts_of(session, session.account)))
    if request.method == "POST":
        return redirect("staff:stay")
    return render(request, "accounts/staffing/stayed.html")


def _take(request: BoroughRequest, leads_to: str) -> HttpResponse:
    verdict = _count(request)
    if not verdict.allowed:
        note_step(request, Refusal.TOO_MANY_TRIES)
        raise OverLimitError(verdict)
    answer = request.POST.get(ANSWER, "")
    checked = operations.check(answer=answer, browser=request.browser, by=ANONYMOUS)
    if checked.known is not None:
        try:
            return page.signed_in(request, checked.known, leads_to=leads_to)
        except AccountChangedError:
            pass  # they left at this very moment: nobody's key, like any other
    note_step(request, checked.refusal)
    form = KeyForm(request.POST)
    form.add_error(None, words_for(checked.refusal))
    return _page(request, form)


def _count(request: BoroughRequest) -> Verdict:
    return hit(STAFF_NETWORK, network_of(request.META["REMOTE_ADDR"]))


def _page(request: BoroughRequest, form: KeyForm) -> HttpResponse:
    words = {
        "form": form,
        "again": request.signed_in is not None,
        "known": "known" in request.GET and not form.is_bound,
        "has_directory": bool(settings.DIRECTORY_ISSUER),
    }
    return render(request, "accounts/staffing/sign_in.html", words)
