"""Verifying the audit log."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import staff
from accounts.audit.verifying import newest, operations
from accounts.audit.verifying.newest import Done
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.audit.verifying.wording import told
from accounts.models import AuditEvent
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import staff_may
from idp.console.audit.wording import COMPARED

# Of these the event that is named is there to be read.
_THERE = frozenset(
    {
        Trouble.EVENT_CHANGED,
        Trouble.EVENT_INSERTED,
        Trouble.EVENT_BACKDATED,
        Trouble.EVENTS_SWAPPED,
        Trouble.PURGED_EVENT_THERE,
    }
)


@staff_may(Permission.READ_AUDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: BoroughRequest) -> HttpResponse:
    """Show what the newest verification found, and have the worker do another."""
    if request.method == "POST":
        operations.ask(by=staff(session_of(request).account))
        return redirect("audit:verify", permanent=False)
    asked, done = newest.asked(), newest.done()
    result = done.result if done else None
    words = {
        "asked": asked,
        "back_url": reverse("console:home"),
        "is_lost": asked is not None and asked.done_at is None and not asked.is_under_way,
        "done": done,
        "result": result,
        "compared": COMPARED[result.compared] if result else "",
        "findings": _findings(done),
        "more": result.found - len(result.findings) if result else 0,
    }
    return render(request, "idp/console/audit/verify.html", words)


def _findings(done: Done | None) -> list[dict[str, object]]:
    result = done.result if done else None
    if result is None:
        return []
    return [{"words": told(one), "events": _to_read(one)} for one in result.findings]


def _to_read(one: Finding) -> list[int]:
    if one.trouble not in _THERE:
        return []
    numbers = [number for number in (one.event, one.other) if number]
    rows = AuditEvent.objects.filter(pk__in=numbers)
    return sorted(rows.values_list("pk", flat=True))
