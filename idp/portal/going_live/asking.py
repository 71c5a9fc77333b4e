"""Asking about a live application, one subject a page, and keeping the answers in a draft."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import Actor, resident
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import PRIVACY_NOTICE
from accounts.security.access import no_page
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.applications.form.page import checked, is_check
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations, queries, wording
from clients.approval.operations import SubmissionRefusedError, TextRefusedError
from clients.approval.privacy_notice import operations as notices
from clients.models import Application, Member, Submission
from clients.organisations.members.rules import Permission
from idp.portal.going_live.forms import ASKED, AgreementForm, AskedForm, NoticeForm
from idp.portal.going_live.tasks import address, begun


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(
    request: BoroughRequest, member: Member, application: Application, part: str
) -> HttpResponse:
    """Ask about one subject of the live application, and keep the answer in the draft."""
    row = queries.open_one(application) or begun(application)
    registration, asked = queries.proposed(row), ASKED.get(part)
    if asked is None or not asked.concerns(registration, is_new=queries.makes_live(row)):
        raise Http404
    # Whoever comes from the list of all answers goes back to it.
    back = address(application, "submit" if "check" in request.GET else "live")
    if row.state != Submission.State.DRAFT:
        return HttpResponseRedirect(address(application), status=303)
    form = refill(request, asked(request.POST or None, initial=asked.filled(row, registration)))
    if request.method == "POST" and is_check(request):
        return _looked_at(form, row)
    if request.method == "POST" and form.is_valid() and _kept(form, member, application):
        return HttpResponseRedirect(back, status=303)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "heading": asked.heading,
        "back_url": back,
    }
    return render(request, "idp/portal/going_live/draft.html", words)


def _looked_at(form: AskedForm, row: Submission) -> HttpResponse:
    """Say what is wrong with what is typed so far; nothing is written, and nobody is asked."""
    if form.is_valid() and not isinstance(form, AgreementForm):
        form.note(queries.new_findings(row, form.parts()))
    return checked(form)


def _kept(form: AskedForm, member: Member, application: Application) -> bool:
    """Keep the answer in the draft, or let the form say why not."""
    by = resident(member.account)
    try:
        row = operations.draft(application=application, by=by)
        if isinstance(form, AgreementForm):
            reference, ends_on = form.cleaned_data.values()
            operations.agree(submission=row, reference=reference, ends_on=ends_on, by=by)
        else:
            row = operations.change(submission=row, parts=form.parts(), by=by)
        if isinstance(form, NoticeForm):
            _read(form, row, member, by=by)
    except ApplicationRefusedError as refused:
        form.note(refused.findings)
    except TextRefusedError:
        form.add_error(
            "agreement_reference", _("The reference holds a character that cannot be seen")
        )
    except SubmissionRefusedError:
        # A colleague sent it meanwhile; the page that follows says so.
        return True
    return not form.errors


def _read(form: NoticeForm, row: Submission, member: Member, *, by: Actor) -> None:
    """Have the notice read, or let the form say why it could not be; its address is kept."""
    verdict = hit(PRIVACY_NOTICE, str(member.organisation_id))
    if not verdict.allowed:
        raise OverLimitError(verdict)
    answer = notices.ask(submission=row, by=by)
    by_council = queries.notice_read_at(row, form.cleaned_data["privacy_url"])
    if answer != notices.OK and by_council is None:
        form.add_error("privacy_url", wording.notice_answer(answer))


@no_page
@application_may(Permission.CHANGE_APPLICATIONS)
@require_POST
def follow(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Take over into the draft of a live application what its sandbox is by now."""
    del request
    operations.follow(application=application, by=resident(member.account))
    return HttpResponseRedirect(address(application), status=303)
