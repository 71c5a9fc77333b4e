"""Adding an application."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.form import page, queries
from clients.applications.form.forms import ApplicationForm, KindForm, NameForm
from clients.applications.form.rules import returns
from clients.applications.registration import Kind
from clients.models import Member
from clients.organisations.members.decorators import member_may
from clients.organisations.members.rules import Permission


@member_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BoroughRequest, member: Member) -> HttpResponse:
    """Ask what kind of application it is."""
    organisation = member.organisation.slug
    form = refill(request, KindForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        address = reverse("applications:new_of_kind", args=[organisation, kind])
        return HttpResponseRedirect(address, status=303)
    back = reverse("organisations:home", args=[organisation])
    words = {"member": member, "form": form, "back_url": back}
    return render(request, "clients/applications/form/kind.html", words)


@member_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_of_kind(request: BoroughRequest, member: Member, kind: str) -> HttpResponse:
    """Ask for what cannot be derived, and create the application.

    The answer shows its secret, once: sent again, the name is found to be there.
    """
    if kind not in list(Kind):
        raise Http404
    asked = ApplicationForm if returns(Kind(kind)) else NameForm
    form = refill(request, asked(request.POST or None))
    if request.method == "POST":
        page.judge(form, queries.new_findings(member.organisation, form.registration(Kind(kind))))
        if page.is_check(request):
            return page.checked(form)
        if form.is_valid() and (created := page.register(member, form, Kind(kind))):
            return page.created(request, member, created)
    back = reverse("applications:new", args=[member.organisation.slug])
    words = {
        "member": member,
        "form": form,
        "kind": kind,
        "may_be_high": Kind(kind).keeps_secret,
        "back_url": back,
    }
    return render(request, "clients/applications/form/new.html", words)
