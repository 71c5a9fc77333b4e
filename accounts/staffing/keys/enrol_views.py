"""The page behind a mailed link, where somebody new of the staff adds a first key."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import STAFF_NETWORK
from accounts.mfa.passkeys import options
from accounts.mfa.passkeys.wording import words_for
from accounts.models import StaffMember
from accounts.notices.rules import LinkState
from accounts.pages.browser_kind import browser_words
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import enter
from accounts.sessions.operations import AccountChangedError
from accounts.staffing.entry import page
from accounts.staffing.entry.forms import KeyForm
from accounts.staffing.entry.operations import Known
from accounts.staffing.keys import operations, queries
from accounts.staffing.keys.operations import Enrolled

# The field that the page's script fills in.
ANSWER = "passkey"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: BoroughRequest, token: str) -> HttpResponse:
    """Say whose account it is, and take the key that the browser makes."""
    enter(request)
    invited = queries.invited(token)
    if invited.member is None:
        return _dead(request, invited.state)
    if request.method != "POST":
        return _page(request, invited.member, KeyForm(), token)
    done = operations.enrol(
        token=token,
        answer=request.POST.get(ANSWER, ""),
        browser=request.browser,
        label=browser_words(request.headers.get("User-Agent", "")),
        by=ANONYMOUS,
    )
    if done.link is not LinkState.GOOD:
        return _dead(request, done.link)
    if done.account is None or done.proof is None:
        return _refused(request, invited.member, done, token)
    try:
        return page.signed_in(request, Known(done.account, done.proof), leads_to=page.home())
    except AccountChangedError:
        return _dead(request, LinkState.EXPIRED)


@public
@no_page
@counts_itself
@require_POST
def ask(request: BoroughRequest, token: str) -> HttpResponse:
    """Give the page's script the wish for a key, while the link is good."""
    if not hit(STAFF_NETWORK, network_of(request.META["REMOTE_ADDR"])).allowed:
        return JsonResponse({}, status=429)
    member = queries.invited(token).member
    if member is None:
        return JsonResponse({}, status=404)
    wish = options.for_staff(request.browser, account=member.account, name=member.work_email)
    return JsonResponse(wish)


def _refused(
    request: BoroughRequest, member: StaffMember, done: Enrolled, token: str
) -> HttpResponse:
    form = KeyForm(request.POST)
    if done.refusal is not None:
        note_step(request, done.refusal)
    form.add_error(None, str(words_for(done.refusal)))
    return _page(request, member, form, token)


def _page(request: BoroughRequest, member: StaffMember, form: KeyForm, token: str) -> HttpResponse:
    words = {
        "form": form,
        "member": member,
        "asks_at": reverse("staff:enrol_options", args=[token]),
    }
    return render(request, "accounts/staffing/enrol.html", words)


def _dead(request: BoroughRequest, state: LinkState) -> HttpResponse:
    note_step(request, state)
    return render(request, "accounts/staffing/link_dead.html", {"state": state}, status=404)
