"""Inviting, and what becomes of an invitation, for the organisation's owners."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.models import Member
from clients.organisations.inviting import operations, queries
from clients.organisations.inviting.counting import count
from clients.organisations.inviting.forms import InvitationForm
from clients.organisations.inviting.wording import INVITING_PROBLEMS
from clients.organisations.members.decorators import acts_as_member
from clients.organisations.members.finding import own
from clients.organisations.members.rules import Permission
from clients.organisations.members.wording import ROLES


@acts_as_member(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: BoroughRequest, member: Member) -> HttpResponse:
    """Ask whom to invite, and write to them."""
    form = refill(request, InvitationForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        count(member.account, address)
        try:
            operations.invite(
                organisation=member.organisation,
                address=address,
                role=form.chosen,
                inviter=member.account,
                by=resident(member.account),
            )
        except operations.NotInvitedError as error:
            form.add_error("address", str(INVITING_PROBLEMS[error.problem]))
        else:
            return _see_members(member)
    words = {"member": member, "form": form, "back_url": _members(member)}
    return render(request, "clients/organisations/inviting/invite.html", words)


@acts_as_member(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: BoroughRequest, member: Member, number: UUID) -> HttpResponse:
    """Show an open invitation; send it once more, or cancel it."""
    row = own(queries.open_of(member.organisation), member=member, number=number)
    if request.method == "POST":
        try:
            _act(request, member, row.pk, row.address)
        except operations.UnknownInvitationError as error:
            raise Http404 from error
        return _see_members(member)
    words = {
        "member": member,
        "invitation": row,
        "now": timezone.now(),
        "role": ROLES[row.role],
        "back_url": _members(member),
    }
    return render(request, "clients/organisations/inviting/invitation.html", words)


def _act(request: BoroughRequest, member: Member, number: UUID, address: str) -> None:
    organisation, by = member.organisation, resident(member.account)
    if request.POST.get("decision") == "cancel":
        operations.cancel(organisation=organisation, number=number, by=by)
        return
    count(member.account, address)
    operations.renew(organisation=organisation, number=number, inviter=member.account, by=by)


def _members(member: Member) -> str:
    return reverse("members:list", args=[member.organisation.slug])


def _see_members(member: Member) -> HttpResponse:
    return HttpResponseRedirect(_members(member), status=303)
