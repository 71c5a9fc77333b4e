"""The pages that ask once more, at the end of the wait, for what it began with."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import RecoveryRequest
from accounts.notices.catalogue import GO_ON_LINK
from accounts.pages import busy
from accounts.pages.forms import GovukForm
from accounts.passwords.hash_queue import HashesBusyError
from accounts.recovery.behind_link import Behind, behind, count_guess, refused, state_of
from accounts.recovery.forms import (
    NOT_RIGHT_CODE,
    NOT_RIGHT_PASSWORD,
    CodeForm,
    KnownPasswordForm,
)
from accounts.recovery.opening import choosing_views, showing
from accounts.recovery.queries import latest_of
from accounts.recovery.rules import Refusal, Rung
from accounts.security.access import no_page
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
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


def _ask_again(request: BoroughRequest, found: Behind, form: GovukForm, token: str) -> HttpResponse:
    row = found.message.recovery
    words = {**state_of(row), "form": form, "account": found.account, "token": token}
    return render(request, "accounts/recovery/go_on.html", words)


def _to_choose(row: RecoveryRequest) -> HttpResponse:
    # Whoever did without a password is not led to one; each page leads to the other.
    page = choosing_views.PASSWORD if row.account.has_password else choosing_views.PASSKEY
    return HttpResponseRedirect(choosing_views.address(page, row), status=303)
