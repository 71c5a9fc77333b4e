"""The form of a try, and the page that its answer comes back to."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.security.browser import is_token
from accounts.security.tokens import random_token
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.models import TesterRun
from idp.oidc.authorize import scopes
from idp.oidc.errors import never_stored
from idp.portal.tester import operations, page
from idp.portal.tester.forms import TryForm
from idp.portal.tester.rules import Mistake

# What an answer holds at least; the last, where it comes in a JWT (JARM §2.3).
_ANSWERS: Final = {"code", "error", "response"}


@application_may(Permission.USE_TEST_RESIDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def tester(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Put a request together, and send the browser off with it."""
    is_sandbox = application.environment == Application.Environment.SANDBOX
    form = TryForm(request.POST if request.method == "POST" else None, initial=_start(application))
    # What it proves to be by, a key or a certificate, is not here (RFC 9126 §2).
    must_push = application.requires_pushed_requests
    if is_sandbox and not must_push and request.method == "POST" and form.is_valid():
        run = operations.begin(
            application=application,
            parameters=form.parameters(),
            with_pkce=form.cleaned_data["pkce"],
            mistake=Mistake(form.cleaned_data["mistake"]),
            browser_hash=request.browser.hash,
        )
        address = f"{reverse('authorize:start')}?{urlencode(run.sent['parameters'])}"
        return HttpResponseRedirect(address, status=303)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "is_sandbox": is_sandbox,
        "must_push": must_push and is_sandbox,
    }
    return render(request, "idp/portal/tester/tester.html", words)


def _start(application: Application) -> dict[str, object]:
    registered = scopes.registered(application)
    named = ["openid", *sorted(registered - {"openid", "offline_access"})]
    return {
        "scope": " ".join(named),
        "pkce": True,
        "state": random_token(),
        "nonce": random_token(),
    }


# The form of response_mode form_post is a page of ours that carries the answer, and no token of
# the page's own: only whoever has the run's id can send one here, once.
@csrf_exempt
@application_may(Permission.USE_TEST_RESIDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def run(
    request: BoroughRequest, member: Member, application: Application, run: str
) -> HttpResponse:
    """Take the answer of a run, and show it beside what was sent."""
    found = _found(request, application, run)
    answer = (request.POST if request.method == "POST" else request.GET).dict()
    if found.returned_at is None and answer.keys() & _ANSWERS:
        operations.take(run=found, answer=answer)
    if answer or request.method == "POST":
        # Without the answer in it, the address can be opened again and shown to a colleague.
        return never_stored(HttpResponseRedirect(request.path, status=303))
    words = {
        "member": member,
        "application": application,
        "run": found,
        "both": page.both(found),
        "findings": page.findings(found),
        "refusal": page.refusal(found),
        "mistake": page.mistake(found),
        "header": page.members(found.returned.get("header", {})),
        "claims": page.members(found.returned.get("claims", {})),
    }
    return never_stored(render(request, "idp/portal/tester/run.html", words))


def _found(request: BoroughRequest, application: Application, run: str) -> TesterRun:
    if not is_token(run):
        raise Http404
    rows = TesterRun.objects.select_related("application__organisation")
    found = rows.filter(pk=run, application=application, expires_at__gt=timezone.now()).first()
    if found is None or not request.browser.owns(found.browser_hash):
        raise Http404
    return found
