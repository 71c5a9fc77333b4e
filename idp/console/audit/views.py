"""Searching the audit log, and reading one event."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.audit.actor import staff
from accounts.audit.searching import operations
from accounts.audit.searching.queries import Page
from accounts.audit.verifying import one
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import staff_may
from idp.console.audit import page
from idp.console.audit.forms import SearchForm
from idp.console.audit.wording import STANDINGS, event_words

# What PostgreSQL takes for a row's number.
_HIGHEST = 2**63 - 1
_BELOW = "below"


@staff_may(Permission.READ_AUDIT)
@require_safe
def search(request: BoroughRequest) -> HttpResponse:
    """Ask what to search for, and show what is found, the newest first."""
    form = SearchForm(request.GET or None)
    found = _found(request, form) if form.is_bound and form.is_valid() else None
    words = {
        "form": form,
        "found": found,
        "lines": page.lines(found.events) if found else [],
        "older": _older(request, found),
        "is_first": _BELOW not in request.GET,
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/audit/search.html", words)


def _found(request: BoroughRequest, form: SearchForm) -> Page:
    typed = request.GET.get(_BELOW, "")
    # Digits alone: an address that was written by hand begins at the newest.
    below = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None  # noqa: PLR2004
    by = staff(session_of(request).account)
    return operations.search(wanted=form.wanted(), below=below, by=by)


def _older(request: BoroughRequest, found: Page | None) -> str:
    if found is None or found.below is None:
        return ""
    query = request.GET.copy()
    query[_BELOW] = str(found.below)
    return f"?{query.urlencode()}"


@staff_may(Permission.READ_AUDIT)
@require_safe
def event(request: BoroughRequest, number: int) -> HttpResponse:
    """Show one event in words, with every column, and whether it is as it was sealed."""
    account = session_of(request).account
    row = operations.read(number=min(number, _HIGHEST), by=staff(account))
    if row is None:
        missing = {"number": number, "back_url": reverse("audit:search")}
        return render(request, "idp/console/audit/no_event.html", missing, status=404)
    standing, seal = one.standing(row)
    words = {
        "event": row,
        "back_url": reverse("audit:search"),
        "heading": event_words(row.event),
        "who": page.lines([row])[0].who,
        "columns": page.columns(row),
        "standing": str(STANDINGS[standing]) % {"seal": seal},
        "is_proved": standing is one.Standing.AS_SEALED,
        "is_amiss": standing not in {one.Standing.AS_SEALED, one.Standing.NOT_SEALED_YET},
    }
    return render(request, "idp/console/audit/event.html", words)
