"""Going to the directory and coming back, and adding a first key then."""

from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.help_codes.trail import note_step
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.rules import network_of
from accounts.limits.table import STAFF_NETWORK
from accounts.mfa.passkeys import options
from accounts.mfa.passkeys.wording import words_for
from accounts.models import StaffMember
from accounts.pages.browser_kind import browser_words
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import enter
from accounts.sessions.operations import AccountChangedError
from accounts.staffing.directory import operations, queries, visiting
from accounts.staffing.directory.configuration import Configuration, configured
from accounts.staffing.directory.rules import Refusal
from accounts.staffing.directory.wording import WORDS
from accounts.staffing.entry import page
from accounts.staffing.entry.forms import KeyForm
from accounts.staffing.entry.operations import Known

# The field that the page's script fills in.
ANSWER: Final = "passkey"


@public
@no_page
@require_safe
def leave(request: BoroughRequest) -> HttpResponse:
    """Send the browser to the directory."""
    configuration = _configured(request)
    _count(request)
    outcome = visiting.depart(configuration, request.browser)
    if isinstance(outcome, Refusal):
        return _refused(request, outcome)
    return HttpResponseRedirect(outcome, status=303)


@public
@require_safe
def callback(request: BoroughRequest) -> HttpResponse:
    """Take the directory's answer; lead on to a first key, or to the sign-in by one."""
    configuration = _configured(request)
    _count(request)
    outcome = visiting.come_back(configuration, request.browser, request.GET)
    if isinstance(outcome, Refusal):
        return _refused(request, outcome)
    if outcome.has_keys:
        return HttpResponseRedirect(f"{reverse('staff:sign_in')}?known=yes", status=303)
    return HttpResponseRedirect(reverse("staff:directory_key"), status=303)


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def first_key(request: BoroughRequest) -> HttpResponse:
    """Say whose account it is, and take the key that the browser makes."""
    _configured(request)
    visit = queries.opened(request.browser)
    if visit is None or visit.member is None:
        return _refused(request, Refusal.KEY_TOO_LATE)
    if request.method != "POST":
        return _key_page(request, visit.member, KeyForm())
    _count(request)
    done = operations.enrol(
        browser=request.browser,
        answer=request.POST.get(ANSWER, ""),
        label=browser_words(request.headers.get("User-Agent", "")),
    )
    if done is None:
        return _refused(request, Refusal.KEY_TOO_LATE)
    if done.account is None or done.proof is None:
        if done.refusal is not None:
            note_step(request, done.refusal)
        form = KeyForm(request.POST)
        form.add_error(None, str(words_for(done.refusal)))
        return _key_page(request, visit.member, form)
    try:
        return page.signed_in(request, Known(done.account, done.proof), leads_to=page.home())
    except AccountChangedError:
        return _refused(request, Refusal.KEY_TOO_LATE)


@public
@no_page
@counts_itself
@require_POST
def ask(request: BoroughRequest) -> HttpResponse:
    """Give the page's script the wish for a key, while the visit lets one in."""
    _configured(request)
    if not hit(STAFF_NETWORK, network_of(request.META["REMOTE_ADDR"])).allowed:
        return JsonResponse({}, status=429)
    visit = queries.opened(request.browser)
    if visit is None or visit.member is None:
        return JsonResponse({}, status=404)
    member = visit.member
    wish = options.for_staff(request.browser, account=member.account, name=member.work_email)
    return JsonResponse(wish)


def _configured(request: BoroughRequest) -> Configuration:
    enter(request)
    configuration = configured()
    if configuration is None:
        raise Http404
    return configuration


def _count(request: BoroughRequest) -> None:
    verdict = hit(STAFF_NETWORK, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        raise OverLimitError(verdict)


def _key_page(request: BoroughRequest, member: StaffMember, form: KeyForm) -> HttpResponse:
    asks_at = reverse("staff:directory_key_options")
    words = {"form": form, "member": member, "asks_at": asks_at}
    return render(request, "accounts/staffing/enrol.html", words)


def _refused(request: BoroughRequest, reason: Refusal) -> HttpResponse:
    note_step(request, reason)
    status = HTTPStatus.SERVICE_UNAVAILABLE if reason is Refusal.SILENT else HTTPStatus.FORBIDDEN
    words = {"words": WORDS[reason]}
    return render(request, "accounts/staffing/directory_refused.html", words, status=status)
