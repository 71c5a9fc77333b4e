"""Showing a picture, and taking one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.security.access import no_page, public
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.applications.logo import operations, queries
from clients.applications.logo.counting import count_upload
from clients.applications.logo.drawing import LogoRefusedError
from clients.applications.logo.forms import LogoForm
from clients.applications.logo.wording import LOGO_PROBLEMS
from clients.models import Application, Member
from clients.organisations.members.rules import Permission


@no_page
@public
@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer with a picture; what is at an address never changes, as it is named after it."""
    del request
    body = queries.find(digest)
    if body is None:
        raise Http404
    return HttpResponse(
        body,
        content_type="image/png",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Disposition": "inline",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for a picture of a sandbox application, and take or remove it."""
    overview = reverse("applications:overview", args=[member.organisation.slug, application.slug])
    if application.environment != Application.Environment.SANDBOX:
        return HttpResponseRedirect(overview, status=303)
    by = resident(member.account)
    if request.POST.get("remove"):
        operations.remove(application=application, by=by)
        return HttpResponseRedirect(overview, status=303)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        count_upload(application)
        try:
            file = form.cleaned_data["file"].read()
            operations.put(application=application, file=file, by=by)
        except LogoRefusedError as refused:
            form.add_error("file", str(LOGO_PROBLEMS[refused.problem]))
        else:
            return HttpResponseRedirect(overview, status=303)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "logo": queries.address(application),
        "back_url": overview,
    }
    return render(request, "clients/applications/logo/change.html", words)
