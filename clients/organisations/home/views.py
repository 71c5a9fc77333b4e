"""An organisation's first page, and the list of all that somebody looks after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from clients.models import Member
from clients.organisations.home import queries
from clients.organisations.inviting.queries import open_for
from clients.organisations.members.decorators import member_may
from clients.organisations.members.queries import of_account
from clients.organisations.members.rules import Permission, may


@signed_in
@require_safe
def mine(request: BoroughRequest) -> HttpResponse:
    """List the organisations that whoever is signed in looks after."""
    account = session_of(request).account
    words = {"memberships": of_account(account), "invitations": open_for(account)}
    return render(request, "clients/organisations/home/mine.html", words)


@member_may(Permission.SEE)
@require_safe
def home(request: BoroughRequest, member: Member) -> HttpResponse:
    """List the organisation's applications."""
    words = {
        "member": member,
        "applications": queries.applications(member.organisation),
        "may_add": may(member.role, Permission.CHANGE_APPLICATIONS),
    }
    return render(request, "clients/organisations/home/home.html", words)
