"""The queue of complaints, and each of them."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.complaints import queries as complaints
from accounts.complaints.operations import AlreadyAnsweredError
from accounts.complaints.page import readable
from accounts.complaints.rules import is_overdue
from accounts.models import Complaint
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import staff_may
from idp.console.answering import operations
from idp.console.answering.forms import AnswerForm
from idp.console.answering.operations import NotTheirsError
from idp.console.answering.wording import KINDS, OUTCOMES, REFUSALS

_SHOWN = 100


@staff_may(Permission.ANSWER_COMPLAINTS)
@require_safe
def queue(request: BoroughRequest) -> HttpResponse:
    """List what waits for an answer, the most urgent first, without a word of what was written."""
    waiting = complaints.open_ones()
    words = {
        "rows": [_row(complaint) for complaint in waiting[:_SHOWN]],
        "number": waiting.count(),
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/answering/queue.html", words)


@staff_may(Permission.ANSWER_COMPLAINTS)
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: BoroughRequest, code: str) -> HttpResponse:
    """Show one complaint and take the answer."""
    found, staff = _found(code), session_of(request).account
    form = refill(request, AnswerForm(request.POST if request.method == "POST" else None))
    try:
        if request.method == "POST" and form.is_valid():
            operations.answer(
                complaint=found,
                outcome=Complaint.Outcome(form.cleaned_data["outcome"]),
                text=form.cleaned_data["text"],
                staff=staff,
            )
            return HttpResponseRedirect(reverse("console:complaints"), status=303)
        operations.read(complaint=found, staff=staff)
    except NotTheirsError as error:
        why = {"why": REFUSALS[error.refusal], "back_url": reverse("console:complaints")}
        return render(request, "idp/console/answering/not_yours.html", why, status=403)
    except AlreadyAnsweredError:
        found.refresh_from_db()
        form.add_error(None, _("Somebody else has answered it just now"))
    words = {
        "form": form,
        "complaint": found,
        "code": readable(found.code),
        "kind": KINDS[found.kind],
        "outcome": OUTCOMES.get(found.outcome, ""),
        "back_url": reverse("console:complaints"),
    }
    return render(request, "idp/console/answering/complaint.html", words)


def _found(code: str) -> Complaint:
    found = complaints.find(code)
    if found is None:
        raise Http404
    return found


def _row(complaint: Complaint) -> dict[str, object]:
    late = is_overdue(due_on=complaint.due_on, answered=False, today=timezone.localdate())
    return {
        "code": complaint.code,
        "readable": readable(complaint.code),
        "kind": KINDS[complaint.kind],
        "due_on": complaint.due_on,
        "is_late": late,
    }
