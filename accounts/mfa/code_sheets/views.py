"""The pages that add a printed sheet: one to print, one that asks for a code of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.mfa.adding import added, address
from accounts.mfa.code_sheets import operations, rules
from accounts.mfa.code_sheets.forms import NOT_RIGHT, SheetForm
from accounts.mfa.decorators import freshly_signed_in_to_add
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill, typed_before
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError


@freshly_signed_in_to_add
@require_safe
def sheet(request: BoroughRequest) -> HttpResponse:
    """Show a new sheet to print; it counts only once a code of it was typed."""
    account = session_of(request).account
    sealed = operations.new_sheet(account)
    seed = operations.seed_in(account, sealed) or b""
    words = {
        "sealed": sealed,
        "name": rules.name(seed),
        "codes": [rules.shown(code) for code in rules.codes(seed)],
        "today": timezone.now(),
        "check_address": address(request, "mfa:check_code_sheet"),
        "back_url": address(request, "mfa:overview"),
    }
    return render(request, "accounts/mfa/code_sheets/sheet.html", words)


@freshly_signed_in_to_add
@sensitive_post_parameters("code", "sheet")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: BoroughRequest) -> HttpResponse:
    """Ask for one code from the paper, and add the sheet when it is right."""
    sealed = request.POST.get("sheet", "") or typed_before(request).get("sheet", "")
    seed = operations.seed_in(session_of(request).account, sealed)
    if seed is None:
        # Opened without a sheet, or so long ago that it counts no more: a new one to print.
        return redirect(address(request, "mfa:add_code_sheet"))
    form = SheetForm(
        request.POST if "code" in request.POST else None,
        number=rules.asked_first(seed),
        sheet=rules.name(seed),
    )
    refill(request, form)
    if form.is_bound and form.is_valid():
        return _add(request, form, sealed, seed)
    return _page(request, form, sealed)


def _add(request: BoroughRequest, form: SheetForm, sealed: str, seed: bytes) -> HttpResponse:
    session = session_of(request)
    try:
        started = operations.add(
            session=session,
            seed=seed,
            code=form.cleaned_data["code"],
            by=resident(session.account),
        )
    except AccountChangedError:
        return redirect(request.get_full_path())
    if started is None:
        words = {"number": rules.asked_first(seed), "sheet": rules.name(seed)}
        form.add_error("code", str(NOT_RIGHT).format(**words))
        return _page(request, form, sealed)
    return added(request, started)


def _page(request: BoroughRequest, form: SheetForm, sealed: str) -> HttpResponse:
    words = {
        "form": form,
        "sealed": sealed,
        "back_url": address(request, "mfa:add_code_sheet"),
    }
    return render(request, "accounts/mfa/code_sheets/check.html", words)
