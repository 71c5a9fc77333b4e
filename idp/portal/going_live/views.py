"""An application on its way to residents: what is missing, asking, and taking the credentials."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.assurance import Level
from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in_by
from accounts.security.access import no_page
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations, page, queries, wording
from clients.approval.comments import operations as comments
from clients.approval.comments.operations import TooManyCommentsError
from clients.approval.council.forms import CommentForm
from clients.approval.logo import queries as logos
from clients.approval.operations import (
    NothingToAskError,
    NotReadyError,
    SubmissionRefusedError,
    TextRefusedError,
)
from clients.approval.taking import operations as taking
from clients.models import Application, Member, Submission
from clients.organisations.members.rules import Permission, may
from idp.oidc.errors import never_stored
from idp.portal.going_live.answers import answers
from idp.portal.going_live.queries import tried
from idp.portal.going_live.tasks import address, begun, groups, left

State = Submission.State
# Of a sandbox application that has these alone another one may go live.
_OVER = (Application.Status.RETIRED, Application.Status.CLOSED)


@application_may(Permission.SEE)
@require_safe
def live(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show how far the application is, and what is missing."""
    return _shown(request, member, application)


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show all answers once more, and send them to the council, or say what is missing."""
    row = queries.open_one(application)
    if row is None or row.state != State.DRAFT:
        return _back(application)
    if request.method != "POST":
        return _checked(request, member, row)
    problem = _sent(row, member)
    if problem:
        return _checked(request, member, row, problem=problem)
    return _back(application)


def _sent(row: Submission, member: Member) -> str:
    """Send the draft, or return why it was not sent."""
    try:
        operations.submit(submission=row, account=member.account, tried=tried(row.application))
    except NotReadyError as refused:
        missing = ", ".join(str(wording.ITEMS[item]) for item in refused.missing)
        return _("This is still missing: {lines}").format(lines=missing)
    except NothingToAskError:
        return _("Nothing would change.")
    except ApplicationRefusedError:
        return _("The draft no longer fits: look at its addresses again.")
    except SubmissionRefusedError as refused:
        return _moved(refused)
    return ""


@no_page
@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Make a draft again of what was sent."""
    return _ended(request, member, application, operations.take_back)


@no_page
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
            comments.comment(
                submission=row,
                account=member.account,
                text=form.cleaned_data["text"],
                of_council=False,
            )
        except TextRefusedError:
            form.add_error("text", _("The comment holds a character that cannot be seen"))
        except TooManyCommentsError:
            form.add_error("text", wording.too_many_comments())
        else:
            return _back(application)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "back_url": address(application),
    }
    return render(request, "idp/portal/going_live/comment.html", words)


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def credentials(
    request: BoroughRequest, member: Member, application: Application
) -> HttpResponseBase:
    """Make the live application of what was approved, and show its secret once."""
    if request.method != "POST":
        return _back(application)
    return _taken(request, member, application)


# Whoever has an owner's password alone gets nothing that residents trust.
@freshly_signed_in_by(Level.TWO_FACTORS)
def _taken(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    row = queries.open_one(application)
    if row is None:
        return _back(application)
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
        return _back(application)
    try:
        write(submission=row, by=resident(member.account))
    except SubmissionRefusedError as refused:
        return _shown(request, member, application, problem=_moved(refused))
    return _back(application)


def _moved(refused: SubmissionRefusedError) -> str:
    state = wording.STATES[refused.state]
    return _("It has moved on meanwhile. It is now: {state}.").format(state=state)


def _back(application: Application) -> HttpResponse:
    return HttpResponseRedirect(address(application), status=303)


def _checked(
    request: BoroughRequest, member: Member, row: Submission, *, problem: str = ""
) -> HttpResponse:
    words = {
        "member": member,
        "application": row.application,
        "submission": row,
        "is_live": not queries.makes_live(row),
        "is_change": not queries.makes_live(row),
        "answers": answers(row),
        **logos.addresses(row),
        "missing": left(groups(row)),
        "problem": problem,
        "has_problem": bool(problem),
        "back_url": address(row.application),
        "is_wide": True,
    }
    status = 400 if problem else 200
    return render(request, "idp/portal/going_live/check.html", words, status=status)


def _shown(
    request: BoroughRequest, member: Member, application: Application, *, problem: str = ""
) -> HttpResponse:
    row = queries.open_one(application)
    asked = groups(row or begun(application))
    by_operator = row is not None and queries.is_of_operator(row)
    last = queries.rounds(application).first()
    is_live = application.environment == Application.Environment.LIVE
    words = {
        "member": member,
        "application": application,
        "submission": row,
        "is_of_operator": by_operator,
        "differences": page.differences(row) if row and by_operator else [],
        "last": last,
        "state": wording.STATES[last.state] if last else "",
        "is_live": is_live,
        "is_change": is_live,
        "groups": asked,
        "missing": left(asked),
        "answers": answers(row) if row else [],
        **(logos.addresses(row) if row else {}),
        "history": page.history(last) if last else [],
        "may_change": may(member.role, Permission.CHANGE_APPLICATIONS),
        "may_ask": may(member.role, Permission.ASK_TO_GO_LIVE),
        "live_ones": application.live_ones.exclude(status__in=_OVER).order_by("pk"),
        "problem": problem,
        "has_problem": bool(problem),
    }
    return render(request, "idp/portal/going_live/live.html", words, status=400 if problem else 200)
