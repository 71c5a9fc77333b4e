"""The page of one's own keys, and those that add and remove one."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import staff
from accounts.help_codes.trail import note_step
from accounts.mfa.passkeys import options
from accounts.mfa.passkeys.forms import SecurityKeyForm
from accounts.mfa.passkeys.wording import words_for
from accounts.mfa.wording import about, name_of
from accounts.models import Authenticator
from accounts.pages.browser_kind import browser_words
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.staffing.decorators import freshly, staff_only
from accounts.staffing.entry.page import holding
from accounts.staffing.keys import operations, queries
from accounts.staffing.keys.rules import ENOUGH, Removal

# The field that the page's script fills in.
ANSWER = "passkey"


@staff_only
@require_safe
def overview(request: BoroughRequest) -> HttpResponse:
    """List the keys, and say that there should be two."""
    keys = list(queries.of_account(session_of(request).account))
    words = {
        "rows": [{"key": key, "name": name_of(key), "about": about(key)} for key in keys],
        "may_remove": len(keys) > 1,
        "wants_another": len(keys) < ENOUGH,
    }
    return render(request, "accounts/staffing/keys.html", words)


@staff_only
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoroughRequest) -> HttpResponse:
    """Ask what to call another key, and add the one that the browser makes."""
    if request.method != "POST":
        suggested = browser_words(request.headers.get("User-Agent", ""))
        return _adding(request, refill(request, SecurityKeyForm(initial={"label": suggested})))
    form = SecurityKeyForm(request.POST)
    if not form.is_valid():
        return _adding(request, form)
    session, called = session_of(request), form.cleaned_data["label"]
    try:
        done = operations.add(
            session=session,
            answer=request.POST.get(ANSWER, ""),
            browser=request.browser,
            label=called,
            by=staff(session.account),
        )
    except AccountChangedError:
        return redirect("staff:keys")
    if done.started is not None:
        return holding(done.started, leads_to=reverse("staff:keys"))
    if done.refusal is not None:
        note_step(request, done.refusal)
    form.add_error(None, str(words_for(done.refusal)))
    return _adding(request, form)


@staff_only
@freshly
@no_page
@require_POST
def ask(request: BoroughRequest) -> HttpResponse:
    """Give the page's script the wish for a key; a form with errors gets none, but its page."""
    if not SecurityKeyForm(request.POST).is_valid():
        return JsonResponse({}, status=422)
    account = session_of(request).account
    wish = options.for_adding(
        request.browser,
        account=account,
        kind=Authenticator.Kind.PASSKEY,
        name=account.staff_member.work_email,
        is_shared_device=False,
    )
    return JsonResponse(wish)


@staff_only
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoroughRequest, way_id: UUID) -> HttpResponse:
    """Ask whether a key is to go, and remove it."""
    session = session_of(request)
    keys = queries.of_account(session.account)
    way = keys.filter(pk=way_id).first()
    if way is None:
        raise Http404
    outcome = Removal.LAST if keys.count() == 1 else Removal.REMOVED
    if request.method == "POST":
        try:
            outcome = operations.remove(session=session, way_id=way_id, by=staff(session.account))
        except AccountChangedError:
            return redirect("staff:keys")
        if outcome is not Removal.LAST:
            return HttpResponseRedirect(reverse("staff:keys"), status=303)
    words = {
        "name": name_of(way),
        "is_last": outcome is Removal.LAST,
        "back_url": reverse("staff:keys"),
    }
    return render(request, "accounts/staffing/remove_key.html", words)


def _adding(request: BoroughRequest, form: SecurityKeyForm) -> HttpResponse:
    words = {"form": form, "back_url": reverse("staff:keys")}
    return render(request, "accounts/staffing/add_key.html", words)
