"""An application on its way to residents: what is missing, asking, and taking the credentials."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import PRIVACY_NOTICE
from accounts.security.access import no_page
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations, page, queries, wording
from clients.approval.council.forms import CommentForm
from clients.approval.operations import (
    NothingToAskError,
    NotReadyError,
    SubmissionRefusedError,
    TextRefusedError,
)
from clients.approval.privacy_notice import operations as notices
from clients.approval.rules import Mark
from clients.approval.taking import operations as taking
from clients.models import Application, Member, Submission
from clients.organisations.members.rules import Permission, may
from idp.oidc.errors import never_stored
from idp.portal.going_live.forms import DraftForm
from idp.portal.going_live.queries import tried

State = Submission.State


@application_may(Permission.SEE)
@require_safe
def live(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show how far the application is, and what is missing."""
    return _shown(request, member, application)


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for what differs from the application as it is, and keep it in a draft."""
    by = resident(member.account)
    open_one = queries.open_one(application)
    if open_one is not None and open_one.state != State.DRAFT:
        return _back(member, application)
    row = open_one or Submission(
        application=application,
        agreement_reference=application.agreement_reference,
        agreement_ends_on=application.agreement_ends_on,
    )
    filled = DraftForm.filled(row, queries.proposed(row))
    form = refill(request, DraftForm(request.POST or None, initial=filled))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change(
                submission=operations.draft(application=application, by=by),
                parts=form.parts(),
                agreement_reference=form.cleaned_data["agreement_reference"],
                agreement_ends_on=form.cleaned_data["agreement_ends_on"],
                by=by,
            )
        except ApplicationRefusedError as refused:
            form.note(refused.findings)
        except SubmissionRefusedError:
            return _back(member, application)
        else:
            return _back(member, application)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "back_url": _address(member, application),
    }
    return render(request, "idp/portal/going_live/draft.html", words)


@no_page
@application_may(Permission.CHANGE_APPLICATIONS)
@require_POST
def follow(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Take over into the draft of a live application what its sandbox is by now."""
    del request
    operations.follow(application=application, by=resident(member.account))
    return _back(member, application)


@no_page
@application_may(Permission.CHANGE_APPLICATIONS)
@require_POST
def notice(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for the privacy notice."""
    del request
    verdict = hit(PRIVACY_NOTICE, str(member.organisation_id))
    if not verdict.allowed:
        raise OverLimitError(verdict)
    by = resident(member.account)
    try:
        row = operations.draft(application=application, by=by)
        notices.ask(submission=row, by=by)
    except SubmissionRefusedError:
        pass
    return _back(member, application)


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Send the draft to the council, or say what is missing."""
    row = queries.open_one(application)
    if request.method != "POST" or row is None:
        return _back(member, application)
    try:
        operations.submit(submission=row, account=member.account, tried=tried(application))
    except NotReadyError as refused:
        missing = ", ".join(str(wording.ITEMS[item]) for item in refused.missing)
        problem = _("This is still missing: {lines}").format(lines=missing)
        return _shown(request, member, application, problem=problem)
    except NothingToAskError:
        return _shown(request, member, application, problem=_("Nothing would change."))
    except ApplicationRefusedError:
        problem = _("The draft no longer fits: look at its addresses again.")
        return _shown(request, member, application, problem=problem)
    except SubmissionRefusedError as refused:
        return _shown(request, member, application, problem=_moved(refused))
    return _back(member, application)


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Make a draft again of what was sent."""
    return _ended(request, member, application, operations.take_back)


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask nothing of the council any more."""
    return _ended(request, member, application, operations.withdraw)


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for a comment on what is under way, and keep it."""
    row = queries.open_one(application)
    if row is None:
        raise Http404
    form = refill(request, CommentForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            operations.comment(
                submission=row,
                account=member.account,
                text=form.cleaned_data["text"],
                of_council=False,
            )
        except TextRefusedError:
            form.add_error("text", _("The comment holds a character that cannot be seen"))
        else:
            return _back(member, application)
    words = {"form": form, "submission": row, "back_url": _address(member, application)}
    return render(request, "clients/approval/comment.html", words)


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def credentials(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Make the live application of what was approved, and show its secret once."""
    row = queries.open_one(application)
    if request.method != "POST" or row is None:
        return _back(member, application)
    try:
        created = taking.take(submission=row, by=resident(member.account))
    except SubmissionRefusedError as refused:
        return _shown(request, member, application, problem=_moved(refused))
    except ApplicationRefusedError:
        problem = _("What was approved breaks a rule that is newer. Withdraw it and ask again.")
        return _shown(request, member, application, problem=problem)
    words = {
        "member": member,
        "application": created.application,
        "client_secret": created.client_secret,
        "issuer": settings.ISSUER,
    }
    return never_stored(render(request, "idp/portal/going_live/credentials.html", words))


def _ended(
    request: BoroughRequest,
    member: Member,
    application: Application,
    write: Callable[..., Submission],
) -> HttpResponse:
    row = queries.open_one(application)
    if request.method != "POST" or row is None:
        return _back(member, application)
    try:
        write(submission=row, by=resident(member.account))
    except SubmissionRefusedError as refused:
        return _shown(request, member, application, problem=_moved(refused))
    return _back(member, application)


def _moved(refused: SubmissionRefusedError) -> str:
    state = wording.STATES[refused.state]
    return _("It has moved on meanwhile. It is now: {state}.").format(state=state)


def _address(member: Member, application: Application) -> str:
    return reverse("approval:live", args=[member.organisation.slug, application.slug])


def _back(member: Member, application: Application) -> HttpResponse:
    return HttpResponseRedirect(_address(member, application), status=303)


def _shown(
    request: BoroughRequest, member: Member, application: Application, *, problem: str = ""
) -> HttpResponse:
    row = queries.open_one(application)
    shown = row or Submission(
        application=application,
        agreement_reference=application.agreement_reference,
        agreement_ends_on=application.agreement_ends_on,
    )
    is_live = application.environment == Application.Environment.LIVE
    lines = page.lines(queries.facts(shown, tried=queries.needed(application, tried(application))))
    last = queries.rounds(application).first()
    words = {
        "member": member,
        "application": application,
        "submission": row,
        "last": last,
        "state": wording.STATES[last.state] if last else "",
        "is_live": is_live,
        "lines": lines,
        "missing": sum(line.mark is Mark.MISSING for line in lines),
        "differences": page.differences(row) if row else [],
        "history": page.history(last) if last else [],
        "notice": wording.notice_answer(row.notice_answer) if row and row.notice_answer else "",
        "may_change": may(member.role, Permission.CHANGE_APPLICATIONS),
        "may_ask": may(member.role, Permission.ASK_TO_GO_LIVE),
        "live_ones": application.live_ones.order_by("pk"),
        "problem": problem,
        "has_problem": bool(problem),
    }
    return render(request, "idp/portal/going_live/live.html", words, status=400 if problem else 200)
