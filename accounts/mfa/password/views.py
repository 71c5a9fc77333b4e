"""The page that changes a password."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.assurance import authenticators_in
from accounts.audit.actor import resident
from accounts.limits.rules import network_of
from accounts.mfa.decorators import freshly_signed_in, standing_of
from accounts.mfa.password import operations
from accounts.mfa.password.forms import NOT_RIGHT, PasswordForm
from accounts.mfa.queries import young
from accounts.mfa.rules import Standing
from accounts.models import Session
from accounts.pages import busy
from accounts.pages.errors import too_many_requests
from accounts.passwords.hash_queue import HashesBusyError
from accounts.passwords.operations import check
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError


@signed_in
@sensitive_post_parameters("old_password", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: BoroughRequest) -> HttpResponseBase:
    """Ask for a new password, and for the old one of whoever has not just signed in."""
    session = session_of(request)
    if _is_fresh(session) or _has_old(session):
        return _ask(request)
    # No old password to show that it is the owner: that takes a fresh sign-in.
    return freshly_signed_in(_ask)(request)


def _ask(request: BoroughRequest) -> HttpResponse:
    session = session_of(request)
    form = PasswordForm(
        request.POST if request.method == "POST" else None,
        account=session.account,
        asks_old=not _is_fresh(session),
    )
    if not form.is_bound or not form.is_valid():
        return _page(request, form)
    try:
        return _change(request, form)
    except HashesBusyError as error:
        busy.note_in(form, error)
        return busy.answer(_page(request, form), error)


def _change(request: BoroughRequest, form: PasswordForm) -> HttpResponse:
    session, typed = session_of(request), form.cleaned_data
    if "old_password" in form.fields:
        network = network_of(request.META["REMOTE_ADDR"])
        verdict = operations.count_try(session.account, network)
        if not verdict.allowed:
            return too_many_requests(request, verdict.wait)
        if not check(session.account, typed["old_password"]):
            form.add_error("old_password", NOT_RIGHT)
            return _page(request, form)
    try:
        operations.change(
            session=session,
            password=typed["password"],
            fresh=_is_fresh(session),
            by=resident(session.account),
        )
    except AccountChangedError:
        return redirect(request.get_full_path())
    return redirect("mfa:overview")


def _is_fresh(session: Session) -> bool:
    """Say whether the sign-in itself will do; one by a way that is a day old or newer will not."""
    by_new_way = young(session.account) & authenticators_in(session.proofs)
    return standing_of(session) is Standing.FRESH and not by_new_way


def _has_old(session: Session) -> bool:
    return session.account.has_password and session.account.password_suspect_since is None


def _page(request: BoroughRequest, form: PasswordForm) -> HttpResponse:
    words = {
        "form": form,
        "account": session_of(request).account,
        "back_url": reverse("mfa:overview"),
    }
    return render(request, "accounts/mfa/password.html", words)
