"""The page of all ways to sign in, and what can be done with one of them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.letters.queries import may_write_to
from accounts.mfa import operations, page, removal, wording
from accounts.mfa.adding import TEXT_MESSAGE, choices
from accounts.mfa.code_sheets.operations import nearly_used_up
from accounts.mfa.decorators import freshly_signed_in
from accounts.mfa.forms import NameForm
from accounts.mfa.queries import all_of
from accounts.mfa.rules import Removal
from accounts.models import Authenticator
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError


@signed_in
@require_safe
def overview(request: BoroughRequest) -> HttpResponse:
    """Show every way to sign in to this account, the one used last first."""
    account = session_of(request).account
    words = {
        "rows": page.rows(account),
        "set_aside": page.set_aside(account),
        "choices": [*choices(), *([TEXT_MESSAGE] if page.offers_text_messages(account) else [])],
        "needs_recovery_codes": page.needs_recovery_codes(account),
        "needs_new_sheet": nearly_used_up(account),
        "may_be_posted": may_write_to(account),
        "has_password": account.has_password,
    }
    return render(request, "accounts/mfa/overview.html", words)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: BoroughRequest, way: UUID) -> HttpResponse:
    """Ask what to call one way to sign in."""
    row = _find(request, way)
    if row.kind in wording.UNNAMED:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = refill(request, NameForm(data, initial={"label": row.label}))
    if form.is_bound and form.is_valid():
        label = form.cleaned_data["label"]
        operations.rename(account=row.account, way_id=way, label=label, by=resident(row.account))
        return redirect("mfa:overview")
    words = {"form": form, "name": wording.name_of(row), "back_url": reverse("mfa:overview")}
    return render(request, "accounts/mfa/rename.html", words)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoroughRequest, way: UUID) -> HttpResponse:
    """Ask whether to remove one way to sign in, or say why it must stay."""
    row, session = _find(request, way), session_of(request)
    if request.method != "POST":
        return _ask_to_remove(request, row, removal.may_go(session, row))
    try:
        outcome = removal.remove(session=session, way_id=way, by=resident(session.account))
    except AccountChangedError:
        return redirect(request.get_full_path())
    if outcome in wording.REFUSED:
        return _ask_to_remove(request, row, outcome)
    return redirect("mfa:overview")


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: BoroughRequest, way: UUID) -> HttpResponse:
    """Ask whether a way that was set aside is the owner's own after all."""
    row, session = _find(request, way), session_of(request)
    if row.suspect_since is None:
        return redirect("mfa:overview")
    if request.method == "POST":
        try:
            operations.keep(session=session, way_id=way, by=resident(session.account))
        except AccountChangedError:
            return redirect(request.get_full_path())
        return redirect("mfa:overview")
    words = {"name": wording.name_of(row), "about": wording.about(row)}
    words["back_url"] = reverse("mfa:overview")
    return render(request, "accounts/mfa/keep.html", words)


def _find(request: BoroughRequest, way: UUID) -> Authenticator:
    row = all_of(session_of(request).account).filter(pk=way).first()
    if row is None:
        raise Http404
    return row


def _ask_to_remove(request: BoroughRequest, row: Authenticator, outcome: Removal) -> HttpResponse:
    refused = wording.REFUSED.get(outcome)
    if refused is not None:
        note_step(request, outcome)
    words = {
        "refused": refused,
        "name": wording.name_of(row),
        "lent": row.lent_by_council,
        "back_url": reverse("mfa:overview"),
    }
    status = 409 if refused is not None and request.method == "POST" else 200
    return render(request, "accounts/mfa/remove.html", words, status=status)
