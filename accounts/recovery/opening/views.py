"""The pages of the end of the wait."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.assurance import Level
from accounts.audit.actor import ANONYMOUS
from accounts.models import RecoveryRequest
from accounts.notices.catalogue import GO_ON_LINK
from accounts.pages import busy
from accounts.pages.forms import GovukForm
from accounts.passwords.hash_queue import HashesBusyError
from accounts.passwords.operations import hashed
from accounts.recovery.behind_link import Behind, behind, count_guess, refused, state_of
from accounts.recovery.forms import (
    NOT_RIGHT_CODE,
    NOT_RIGHT_PASSWORD,
    CodeForm,
    KnownPasswordForm,
    NewPasswordForm,
)
from accounts.recovery.opening import operations, queries, showing
from accounts.recovery.opening.operations import Recovered
from accounts.recovery.queries import latest_of
from accounts.recovery.rules import CHOOSING_LASTS, Refusal, Rung
from accounts.security.access import no_page
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.flow import Wanted
from accounts.signin.refusals import too_many


@public
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask once more for what the recovery began with; the link alone opens nothing."""
    found = behind(request, GO_ON_LINK, token)
    if isinstance(found, HttpResponse):
        return found
    row = found.message.recovery
    if row is None:
        return refused(request, Refusal.OVER)
    field = "password" if row.rung == Rung.KNOWN_PASSWORD else "code"
    form = (KnownPasswordForm if field == "password" else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = count_guess(request, found.account)
        if not verdict.allowed:
            return too_many(request, verdict)
        try:
            refusal = showing.by_mail(
                message=found.message,
                request=row,
                typed=form.cleaned_data[field],
                browser=request.browser,
            )
        except HashesBusyError as error:
            busy.note_in(form, error)
            return busy.answer(_ask_again(request, found, form, token), error)
        if refusal is not Refusal.NOT_SHOWN:
            return refused(request, refusal) if refusal else _to_choose(row)
        form.add_error(field, NOT_RIGHT_PASSWORD if field == "password" else NOT_RIGHT_CODE)
    return _ask_again(request, found, form, token)


@signed_in
@no_page
@require_POST
def open_own(request: BoroughRequest) -> HttpResponse:
    """Let somebody who signed in with the password and a recovery code go on."""
    session = session_of(request)
    row = latest_of(session.account)
    if row is None:
        return refused(request, Refusal.OVER)
    refusal = showing.in_session(session=session, request=row, browser=request.browser)
    return refused(request, refusal) if refusal else _to_choose(row)


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest) -> HttpResponse:
    """Ask for the new password of a recovery that this browser has opened."""
    row = queries.by_id(request.GET.get("recovery", ""))
    if row is None or not queries.may_choose(row, row.account, request.browser):
        return refused(request, Refusal.OVER)
    form = NewPasswordForm(request.POST or None, account=row.account)
    if request.method == "POST" and form.is_valid():
        return _choose(request, row, form)
    return _question(request, row, form)


def _choose(request: BoroughRequest, row: RecoveryRequest, form: NewPasswordForm) -> HttpResponse:
    try:
        # Before the transaction: a slow hash must not hold the database's write lock.
        encoded = hashed(form.cleaned_data["password"])
    except HashesBusyError as error:
        busy.note_in(form, error)
        return busy.answer(_question(request, row, form), error)
    recovered = operations.complete(
        request=row, encoded=encoded, browser=request.browser, by=ANONYMOUS
    )
    return _chosen(request, recovered) if recovered else refused(request, Refusal.OVER)


def _question(request: BoroughRequest, row: RecoveryRequest, form: GovukForm) -> HttpResponse:
    words = {"form": form, "account": row.account, "expires_at": _until(row)}
    return render(request, "accounts/recovery/choose.html", words)


@public
@require_safe
def chosen(request: BoroughRequest) -> HttpResponse:
    """Say that the way in is new, and lead to it: nobody is signed in by that."""
    flow = flows.current(request)
    address = flows.address(flow) if flow else flows.start_address()
    return render(request, "accounts/recovery/chosen.html", {"sign_in_url": address})


def _chosen(request: BoroughRequest, recovered: Recovered) -> HttpResponse:
    home = reverse("profile:account")
    level = Level.TWO_FACTORS if recovered.had_second_way else Level.ONE_FACTOR
    wanted = Wanted(level=level, give_up_to=home)
    return redirect(flows.begin(request, return_to=home, wanted=wanted, page="recovery:chosen"))


def _ask_again(request: BoroughRequest, found: Behind, form: GovukForm, token: str) -> HttpResponse:
    row = found.message.recovery
    words = {**state_of(row), "form": form, "account": found.account, "token": token}
    return render(request, "accounts/recovery/go_on.html", words)


def _to_choose(row: RecoveryRequest) -> HttpResponse:
    address = f"{reverse('recovery:choose')}?{urlencode({'recovery': str(row.pk)})}"
    return HttpResponseRedirect(address, status=303)


def _until(row: RecoveryRequest) -> object:
    return row.opened_at + CHOOSING_LASTS if row.opened_at else None
