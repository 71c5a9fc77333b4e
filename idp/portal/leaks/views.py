"""The pages of a leaked secret: saying so, and what came of it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.credentials.operations import METHODS
from clients.applications.decorators import application_may
from clients.applications.queries import live_secrets
from clients.models import Application, Member
from clients.organisations.members.finding import own
from clients.organisations.members.rules import Permission
from idp.portal.leaks import operations, queries
from idp.portal.leaks.forms import LeakForm
from idp.portal.leaks.rules import Since, moment


@application_may(Permission.HANDLE_CREDENTIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask since when, end the secret at once, and tell the council."""
    if application.token_endpoint_auth_method not in METHODS:
        raise Http404
    form = refill(request, LeakForm(request.POST if request.method == "POST" else None))
    if form.is_valid():
        since = moment(
            Since(form.cleaned_data["since"]),
            now=timezone.now(),
            oldest=queries.oldest_secret(application),
        )
        leak = operations.report(
            application=application,
            suspected_since=since,
            reporter=member.account,
            by=resident(member.account),
        )
        return HttpResponseRedirect(
            reverse("leaks:leak", args=[*_names(application), leak.pk]), status=303
        )
    words = {
        "member": member,
        "application": application,
        "form": form,
        "back_url": reverse("credentials:list", args=_names(application)),
    }
    return render(request, "idp/portal/leaks/report.html", words)


@application_may(Permission.SEE)
@require_safe
def leak(
    request: BoroughRequest, member: Member, application: Application, number: int
) -> HttpResponse:
    """Say what was ended, whom the leak may have touched, and what is to be done now."""
    whose = "application__organisation"
    row = own(application.secret_leaks.all(), member=member, number=number, whose=whose)
    words = {
        "member": member,
        "application": application,
        "leak": row,
        "has_secret": live_secrets(application, now=timezone.now()).exists(),
    }
    return render(request, "idp/portal/leaks/leak.html", words)


def _names(application: Application) -> list[str]:
    return [application.organisation.slug, application.slug]
