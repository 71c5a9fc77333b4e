"""What an application is registered as: seeing it, changing it, ending it."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.columns import described
from clients.applications.decorators import application_may
from clients.applications.form import operations, queries
from clients.applications.form.forms import FoundForm
from clients.applications.form.page import checked, is_check, judge
from clients.applications.pages.forms import PARTS, ScopeForm
from clients.applications.pages.page import page_of, sections
from clients.applications.registration import Registration
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, Member
from clients.organisations.members.rules import Permission, may

Change = Callable[[Registration], Registration]


@application_may(Permission.SEE)
@require_safe
def overview(request: HttpRequest, member: Member, application: Application) -> HttpResponse:
    """Show what an application is registered as."""
    may_change = may(member.role, Permission.CHANGE_APPLICATIONS) and _is_sandbox(application)
    words = {
        "member": member,
        "application": application,
        "sections": sections(application, may_change=may_change),
        "may_close": may_change,
    }
    return render(request, "clients/applications/overview.html", words)


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(
    request: BoroughRequest, member: Member, application: Application, part: str
) -> HttpResponse:
    """Ask about one subject anew, and change it."""
    registration = described(application)
    asked = PARTS.get(part)
    if asked is None or not asked.concerns(registration):
        raise Http404
    form = refill(request, asked(request.POST or None, initial=asked.filled(registration)))
    words = {"heading": asked.heading}
    return _changed(request, member, application, form=form, change=form.applied, words=words)


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def scope(
    request: BoroughRequest, member: Member, application: Application, scope: str
) -> HttpResponse:
    """Ask what residents are told of one scope, and change it."""
    wanted = {one.scope: one for one in described(application).scopes}
    if scope not in wanted:
        raise Http404
    form = refill(request, ScopeForm(request.POST or None, initial=ScopeForm.filled(wanted[scope])))

    def told(registration: Registration) -> Registration:
        return form.applied(registration, scope)

    return _changed(request, member, application, form=form, change=told, words={"scope": scope})


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Say what ends with an application, and end it."""
    if not _is_sandbox(application):
        return HttpResponseRedirect(page_of("overview", application), status=303)
    if request.method == "POST":
        operations.close(application=application, by=resident(member.account))
        home = reverse("organisations:home", args=[member.organisation.slug])
        return HttpResponseRedirect(home, status=303)
    words = {
        "member": member,
        "application": application,
        "back_url": page_of("overview", application),
    }
    return render(request, "clients/applications/close.html", words)


def _changed(
    request: BoroughRequest,
    member: Member,
    application: Application,
    *,
    form: FoundForm,
    change: Change,
    words: Mapping[str, object],
) -> HttpResponse:
    overview = page_of("overview", application)
    if not _is_sandbox(application):
        return HttpResponseRedirect(overview, status=303)
    if request.method == "POST":
        form.full_clean()
        before = described(application)
        judge(form, queries.change_findings(member.organisation, before, change(before)))
        if is_check(request):
            return checked(form)
        if form.is_valid() and _is_done(member, application, form, change):
            return HttpResponseRedirect(overview, status=303)
    shown = {"member": member, "application": application, "form": form, "back_url": overview}
    return render(request, "clients/applications/change.html", {**shown, **words})


def _is_done(member: Member, application: Application, form: FoundForm, change: Change) -> bool:
    """Make the change, or let the form say why not."""
    by = resident(member.account)
    try:
        operations.alter(application=application, change=change, by=by)
    except ApplicationRefusedError as refused:
        form.note(refused.findings)
    return not form.errors


def _is_sandbox(application: Application) -> bool:
    return application.environment == Application.Environment.SANDBOX
