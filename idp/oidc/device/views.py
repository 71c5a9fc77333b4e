"""The pages where residents type a device's code, and say whether the device is before them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.limits.rules import network_of
from accounts.models import Session
from accounts.security.access import no_page
from accounts.sessions import made_up
from accounts.sessions.decorators import public, session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest, DeviceGrant
from idp.oidc.authorize import response, steps, stored
from idp.oidc.device import confirming, guessing, operations, page, queries, typed, user_codes
from idp.oidc.device.decorators import for_whom_it_is
from idp.oidc.device.forms import DeviceForm
from idp.oidc.device.rules import Fault
from idp.oidc.device_addresses import CONFIRM, ENTER, beside
from idp.oidc.errors import ErrorCode
from idp.trail import noting


@public
@no_page
@require_GET
def open_(request: BoroughRequest, organisation: str = "") -> HttpResponse:
    """Take the code from a device's link: it fills in the form, and confirms nothing (§3.3.1)."""
    del organisation  # in the address that it leads on to
    code = user_codes.meant(request.GET.get("user_code", "")[:64])
    answer = response.see_other(beside(request, ENTER))
    return typed.keep(answer, code) if code else answer


@for_whom_it_is
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: BoroughRequest) -> HttpResponse:
    """Ask for the code that the device shows."""
    code = typed.code(request)
    known = {"user_code": user_codes.shown(code)} if code else {}
    form = refill(request, DeviceForm(request.POST or None, initial=known))
    if request.method == "POST" and form.is_valid():
        return _typed(request, form)
    return render(request, "idp/device/enter.html", {"form": form})


def _typed(request: BoroughRequest, form: DeviceForm) -> HttpResponse:
    session = session_of(request)
    network = network_of(request.META["REMOTE_ADDR"])
    guessing.count(account=str(session.account_id), network=network)
    code = form.cleaned_data["user_code"]
    if queries.waiting(code, test_group=request.test_group) is None:
        note_step(request, Fault.UNKNOWN)
        # One sentence: nobody learns which codes there were.
        words = _("That code is wrong or out of date. Check it, or get a new one on the device")
        form.add_error("user_code", words)
        return render(request, "idp/device/enter.html", {"form": form})
    answer = response.see_other(beside(request, CONFIRM))
    return typed.keep(answer, code, found_by=session)


@for_whom_it_is
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: BoroughRequest) -> HttpResponse:
    """Ask whether the device is in front of whoever typed its code, and who it is that asks."""
    session = session_of(request)
    code = typed.found_code(request, session)
    if not code:
        return response.see_other(beside(request, ENTER))
    grant = queries.waiting(code, test_group=request.test_group)
    if grant is None:
        return typed.drop(_out_of_date(request))
    if request.method == "POST":
        return _answered(request, session, grant)
    words = {
        "account": session.account,
        "exit_this_page": is_sensitive(grant.application, session.account),
        "grant": grant,
        "rows": page.rows(grant, code, now=timezone.now()),
        "verifier": confirming.verifier(grant, session),
    }
    return render(request, "idp/device/confirm.html", words)


def _answered(request: BoroughRequest, session: Session, grant: DeviceGrant) -> HttpResponse:
    if not confirming.fits(request, grant, session):
        # Shown to somebody else, or about another device: it comes again as things are now.
        return response.see_other(beside(request, CONFIRM))
    by = resident(session.account)
    match request.POST.get("decision"):
        case "allow":
            row = operations.confirm(grant=grant, session=session, browser=request.browser, by=by)
            return typed.drop(steps.go_on(request, row))
        case "refuse":
            is_refused = operations.refuse(grant=grant, session=session, by=by)
            # A click on the other button a moment ago may have let it in.
            answer = _refused(request, grant) if is_refused else _out_of_date(request)
            return typed.drop(answer)
        case "someone_else":
            wanted = flow.Wanted(as_someone_else=True)
            enter_page = beside(request, ENTER)
            return response.see_other(flow.begin(request, return_to=enter_page, wanted=wanted))
    return response.see_other(beside(request, CONFIRM))


def _out_of_date(request: BoroughRequest) -> HttpResponse:
    note_step(request, Fault.OUT_OF_DATE)
    words = {"enter_url": beside(request, ENTER)}
    return render(request, "idp/device/out_of_date.html", words, status=400)


def _refused(request: BoroughRequest, grant: DeviceGrant) -> HttpResponse:
    answer = response.see_other(reverse("device:refused"))
    noting.by_browser(
        request,
        endpoint="device",
        status=answer.status_code,
        client_id=grant.application.client_id,
        outcome=ErrorCode.ACCESS_DENIED,
        reason="not_the_residents_device",
        section="RFC 8628 §3.3",
    )
    return answer


@public
@require_GET
def done(request: BoroughRequest) -> HttpResponse:
    """Say that the device has been let in."""
    row = queries.let_in(request.browser, stored.named(request))
    if row is None:
        return response.cannot_go_on(request, stored.CannotGoOnError(stored.Fault.UNKNOWN))
    made_up.enter(request, row.application.test_group)
    return render(request, "idp/device/done.html", _words(row))


def _words(row: AuthorizationRequest) -> dict[str, object]:
    account = row.session.account if row.session else None
    return {"row": row, "exit_this_page": is_sensitive(row.application, account)}


@public
@require_GET
def refused(request: BoroughRequest) -> HttpResponse:
    """Say that the device has been turned away."""
    return render(request, "idp/device/refused.html")
