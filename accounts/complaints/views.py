"""Complaining, and what came of it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.complaints import operations, page, queries
from accounts.complaints.forms import ComplaintForm
from accounts.models import Complaint
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_safe
def complaints(request: BoroughRequest) -> HttpResponse:
    """List what the resident complained of."""
    rows = page.rows(queries.of_account(session_of(request).account))
    return render(request, "accounts/complaints/complaints.html", {"rows": rows})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: BoroughRequest) -> HttpResponse:
    """Ask what it is about, and record it."""
    account = session_of(request).account
    form = refill(request, ComplaintForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        kind = Complaint.Kind(form.cleaned_data["kind"])
        try:
            made = operations.make(
                account=account, kind=kind, text=form.cleaned_data["text"], by=resident(account)
            )
        except operations.TooManyOpenError:
            form.add_error(
                None, _("You have as many open as you can here: call us about the next one")
            )
        else:
            return HttpResponseRedirect(reverse("complaints:made", args=[made.code]), status=303)
    words = {"form": form, "back_url": reverse("complaints:complaints")}
    return render(request, "accounts/complaints/make.html", words)


@signed_in
@require_safe
def made(request: BoroughRequest, code: str) -> HttpResponse:
    """Show one complaint: that we have it, by when it is answered, and then the answer."""
    rows = queries.of_account(session_of(request).account)
    complaint = get_object_or_404(rows, code=code)
    words = {**page.details(complaint), "back_url": reverse("complaints:complaints")}
    return render(request, "accounts/complaints/made.html", words)
