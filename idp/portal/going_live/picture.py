"""Asking that a live application gets another picture, or none."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.applications.logo import queries as logos
from clients.applications.logo.counting import count_upload
from clients.applications.logo.drawing import LogoRefusedError
from clients.applications.logo.forms import LogoForm
from clients.applications.logo.wording import LOGO_PROBLEMS
from clients.approval import queries
from clients.approval.logo import operations as pictures
from clients.approval.logo import queries as proposals
from clients.approval.operations import SubmissionRefusedError
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.portal.going_live.tasks import address

# What its buttons ask for, but for that of the file.
_OTHERWISE: dict[str, Callable[..., None]] = {
    "none": pictures.propose_none,
    "leave": pictures.leave,
}


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def logo(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for a picture of a live application, and keep it in the draft of a change."""
    if application.environment != Application.Environment.LIVE:
        raise Http404
    back = address(application, "submit" if "check" in request.GET else "live")
    form = LogoForm(request.POST or None, request.FILES or None)
    otherwise = _OTHERWISE.get(request.POST.get("otherwise", ""))
    asks = otherwise is not None or (request.method == "POST" and form.is_valid())
    if asks and _kept(form, member, application, otherwise):
        return HttpResponseRedirect(back, status=303)
    row = queries.open_one(application)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "is_asked": row is not None and proposals.proposed(row) is not None,
        "is_change": True,
        "logo_before": logos.address(application),
        **(proposals.addresses(row) if row else {}),
        "back_url": back,
    }
    return render(request, "idp/portal/going_live/logo.html", words)


def _kept(
    form: LogoForm,
    member: Member,
    application: Application,
    otherwise: Callable[..., None] | None,
) -> bool:
    """Keep the answer in the draft, or let the form say why not."""
    by = resident(member.account)
    try:
        if otherwise is not None:
            otherwise(application=application, by=by)
        else:
            count_upload(application)
            file = form.cleaned_data["file"].read()
            pictures.propose(application=application, file=file, by=by)
    except LogoRefusedError as refused:
        form.add_error("file", str(LOGO_PROBLEMS[refused.problem]))
        return False
    except SubmissionRefusedError:
        # A colleague sent it meanwhile; the page that follows says so.
        return True
    return True
