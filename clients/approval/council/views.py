"""What waits for the council, and the answer to it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.wording import sentence_without_value
from clients.applications.writing import ApplicationRefusedError
from clients.approval import page, queries, wording
from clients.approval.comments import operations as comments
from clients.approval.comments.operations import TooManyCommentsError
from clients.approval.council.forms import AnswerForm, CommentForm
from clients.approval.decorators import approver_only
from clients.approval.logo import queries as logos
from clients.approval.operations import TextRefusedError
from clients.approval.rules import Answer, why_not
from clients.approval.signing import queries as signing
from clients.approval.signing.operations import SignOffRefusedError, sign
from clients.approval.signing.queries import Given
from clients.models import Submission


@approver_only
@require_safe
def queue(request: BoroughRequest) -> HttpResponse:
    """List what waits, the longest first."""
    rows = [_waiting(one) for one in queries.waiting()]
    return render(request, "clients/approval/queue.html", {"rows": rows})


def _waiting(row: Submission) -> dict[str, Any]:
    kinds = _answers(row)
    return {
        "submission": row,
        "days": _days(row),
        "is_change": not queries.makes_live(row),
        "kinds": kinds,
        "is_begun": any(kind["signed"] or kind["aside"] for kind in kinds),
    }


def _days(row: Submission) -> int:
    now = timezone.now()
    return (now - (row.submitted_at or now)).days


@approver_only
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: BoroughRequest, number: int) -> HttpResponse:
    """Show one submission, and take an answer."""
    row, account = _found(number), session_of(request).account
    form = refill(request, AnswerForm(request.POST or None, initial={"version": row.version}))
    if request.method == "POST" and form.is_valid():
        try:
            sign(submission=row, account=account, answer=form.answer())
        except SignOffRefusedError as refused:
            form.add_error(None, str(wording.REFUSALS[refused.reason]))
        except ApplicationRefusedError as refused:
            form.add_error(None, "; ".join(map(sentence_without_value, refused.findings)))
        else:
            return HttpResponseRedirect(reverse("approvals:submission", args=[row.pk]), status=303)
    now = _found(number)
    form.looks_at(now.version)
    return _shown(request, now, form=form)


@approver_only
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: BoroughRequest, number: int) -> HttpResponse:
    """Ask for a comment, and keep it."""
    row, account = _found(number), session_of(request).account
    form = refill(request, CommentForm(request.POST or None))
    address = reverse("approvals:submission", args=[row.pk])
    if request.method == "POST" and form.is_valid():
        try:
            comments.comment(
                submission=row, account=account, text=form.cleaned_data["text"], of_council=True
            )
        except TextRefusedError:
            form.add_error("text", _("The comment holds a character that cannot be seen"))
        except TooManyCommentsError:
            form.add_error("text", wording.too_many_comments())
        else:
            return HttpResponseRedirect(address, status=303)
    words = {"form": form, "submission": row, "back_url": address}
    return render(request, "clients/approval/comment.html", words)


def _found(number: int) -> Submission:
    row = queries.find(number)
    if row is None:
        raise Http404
    return row


def _shown(request: BoroughRequest, row: Submission, *, form: AnswerForm) -> HttpResponse:
    standing = signing.standing(row, session_of(request).account)
    # Would any answer of theirs count?
    left = [kind for kind in wording.KINDS if kind not in standing.signed]
    form.offer(left)
    reason = why_not(Answer(next(iter(left), ""), row.version, refuses=False, reason=""), standing)
    is_change = not queries.makes_live(row)
    words = {
        "submission": row,
        "state": wording.STATES[row.state],
        "is_waiting": standing.is_waiting,
        "days": _days(row),
        "is_change": is_change,
        "profile": wording.PROFILES[row.application.profile],
        "differences": page.differences(row),
        "lines": page.sent_lines(row, for_council=True),
        **logos.addresses(row),
        "history": page.history(row, for_council=True),
        "kinds": _answers(row),
        "form": form,
        "why_not": wording.REFUSALS[reason] if reason else "",
        "back_url": reverse("approvals:queue"),
        "is_wide": True,
    }
    return render(request, "clients/approval/submission.html", words)


def _answers(row: Submission) -> list[dict[str, Any]]:
    """Return what each of the two said about this version, or why it counts no more."""
    given = signing.given(row)
    return [
        _answer(name, [one for one in given if one.row.kind == kind])
        for kind, name in wording.KINDS.items()
    ]


def _answer(name: Promise, given: list[Given]) -> dict[str, Any]:
    standing = next((one.row for one in given if one.aside is None), None)
    asides = [one.aside for one in given if one.aside]
    return {
        "name": name,
        "signed": standing,
        "decision": wording.DECIDED[standing.decision] if standing else "",
        "aside": wording.ASIDES[asides[-1]] if asides and not standing else "",
    }
