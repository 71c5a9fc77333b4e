"""The first page of an application."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clients.applications.columns import kind_of
from clients.applications.decorators import application_may
from clients.applications.wording import KINDS
from clients.models import Application, Member
from clients.organisations.members.rules import Permission


@application_may(Permission.SEE)
@require_safe
def overview(request: HttpRequest, member: Member, application: Application) -> HttpResponse:
    """Show what an application is registered as."""
    words = {
        "member": member,
        "application": application,
        "kind": KINDS[kind_of(application)],
    }
    return render(request, "clients/applications/overview.html", words)
