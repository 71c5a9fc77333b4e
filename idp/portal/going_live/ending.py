"""The end of a live application."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import resident
from accounts.security.access import no_page
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.approval import wording
from clients.approval.retiring import operations
from clients.approval.retiring.operations import RetirementRefusedError
from clients.approval.retiring.rules import OF_DAY, RetirementProblem
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.portal.going_live.forms import EndForm
from idp.portal.going_live.tasks import address


@application_may(Permission.ASK_TO_GO_LIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask from which day residents can no longer sign in, and where they go instead."""
    if application.environment != Application.Environment.LIVE:
        raise Http404
    form = refill(
        request,
        EndForm(request.POST or None, initial={"where_to_go": application.where_to_go}),
    )
    if request.method == "POST" and form.is_valid():
        day, where_to_go = form.end()
        try:
            operations.announce(
                application=application,
                day=day,
                where_to_go=where_to_go,
                by=resident(member.account),
            )
        except RetirementRefusedError as refused:
            for problem in refused.problems:
                field = "day" if problem in OF_DAY else "where_to_go"
                place = None if problem is RetirementProblem.NOT_LIVE else field
                form.add_error(place, str(wording.RETIREMENT_PROBLEMS[problem]))
        else:
            return _back(application)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "back_url": address(application),
    }
    return render(request, "idp/portal/going_live/end.html", words)


@no_page
@application_may(Permission.ASK_TO_GO_LIVE)
@require_POST
def go_on(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Let the application go on after all."""
    del request
    operations.take_back(application=application, by=resident(member.account))
    return _back(application)


def _back(application: Application) -> HttpResponse:
    return HttpResponseRedirect(address(application), status=303)
