"""Who looks after an organisation: the list, and each change of it."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.models import Member
from clients.organisations.inviting.forms import RoleForm
from clients.organisations.members import operations, queries
from clients.organisations.members.decorators import acts_as_member, member_may
from clients.organisations.members.finding import own
from clients.organisations.members.operations import MemberRefusedError
from clients.organisations.members.rules import Permission
from clients.organisations.members.wording import CHANGE_PROBLEMS
from clients.organisations.people import page
from clients.organisations.people.forms import SureForm


@member_may(Permission.SEE)
@require_safe
def people(request: BoroughRequest, member: Member) -> HttpResponse:
    """List the members, and to owners who is invited."""
    return render(request, "clients/organisations/people/list.html", page.words(member))


@acts_as_member(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: BoroughRequest, member: Member, number: int) -> HttpResponse:
    """Ask which role somebody is to have, and give it to them."""
    other = _other(member, number)
    form = refill(request, RoleForm(request.POST or None, initial={"role": other.role}))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_role(
                organisation=member.organisation,
                number=number,
                role=form.chosen,
                by=resident(member.account),
            )
        except MemberRefusedError as error:
            form.add_error("role", str(CHANGE_PROBLEMS[error.problem]))
        else:
            return _see_members(member)
    words = {"member": member, "other": other, "form": form, "back_url": _members(member)}
    return render(request, "clients/organisations/people/role.html", words)


@acts_as_member(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoroughRequest, member: Member, number: int) -> HttpResponse:
    """Ask whether somebody is to be no member any more, and end their membership."""
    other = _other(member, number)

    def act() -> None:
        operations.remove(
            organisation=member.organisation, number=number, by=resident(member.account)
        )

    return _sure(request, member, "remove", act, other=other)


@acts_as_member(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: BoroughRequest, member: Member, number: int) -> HttpResponse:
    """Ask whether somebody is to be the owner in one's own place, and make them it."""
    other = _other(member, number)

    def act() -> None:
        operations.hand_over(
            organisation=member.organisation,
            number=number,
            giver=member,
            by=resident(member.account),
        )

    return _sure(request, member, "hand_over", act, other=other)


@acts_as_member(Permission.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: BoroughRequest, member: Member) -> HttpResponse:
    """Ask whether one wants to be no member any more, and end one's membership."""

    def act() -> None:
        operations.leave(
            organisation=member.organisation, number=member.pk, by=resident(member.account)
        )

    return _sure(request, member, "leave", act, leads_to=reverse("organisations:mine"))


def _sure(
    request: BoroughRequest,
    member: Member,
    name: str,
    act: Callable[[], None],
    *,
    other: Member | None = None,
    leads_to: str = "",
) -> HttpResponse:
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except MemberRefusedError as error:
            form.add_error(None, str(CHANGE_PROBLEMS[error.problem]))
        else:
            return HttpResponseRedirect(leads_to or _members(member), status=303)
    words = {"member": member, "other": other, "form": form, "back_url": _members(member)}
    return render(request, f"clients/organisations/people/{name}.html", words)


def _other(member: Member, number: int) -> Member:
    # One's own role is not changed here: whoever wants less hands over or leaves.
    others = queries.of_organisation(member.organisation).exclude(pk=member.pk)
    return own(others, member=member, number=number)


def _members(member: Member) -> str:
    return reverse("members:list", args=[member.organisation.slug])


def _see_members(member: Member) -> HttpResponse:
    return HttpResponseRedirect(_members(member), status=303)
