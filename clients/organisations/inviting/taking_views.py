"""Taking an invitation. Whoever it is not for learns nothing: every refusal is the same page."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.pages import errors
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from clients.models import Invitation, Member
from clients.organisations.inviting import operations, queries
from clients.organisations.members.queries import find as find_member
from clients.organisations.members.wording import ROLE_HINTS, ROLES


@public
@require_safe
def from_mail(request: BoroughRequest, token: str) -> HttpResponse:
    """Lead whoever opens the mailed link to the invitation, by way of a sign-in.

    From here on the invitation's number travels, which opens nothing: what counts is who reads
    mail at the address.
    """
    invitation = queries.by_link(token)
    if invitation is None:
        return _not_found(request)
    page = reverse("inviting:take", args=[invitation.pk])
    if request.signed_in is not None:
        return redirect(page)
    wanted = flows.Wanted(login_hint=invitation.address)
    return redirect(flows.begin(request, return_to=page, wanted=wanted))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: BoroughRequest, number: UUID) -> HttpResponse:
    """Ask whoever reads mail at the address whether they want to be a member, and make them one."""
    account = session_of(request).account
    invitation = queries.find(number)
    if invitation is None or not queries.reads(account, invitation.address_key):
        return _not_found(request)
    organisation = invitation.organisation
    if find_member(account, organisation.slug) is not None:
        return _see(organisation.slug)
    if request.method == "POST":
        taken = operations.take(number=number, account=account, by=resident(account))
        return _see(organisation.slug) if isinstance(taken, Member) else _not_found(request)
    if not _is_open(invitation):
        return _not_found(request)
    words = {
        "organisation": organisation,
        "role": ROLES[invitation.role],
        "role_hint": ROLE_HINTS[invitation.role],
    }
    return render(request, "clients/organisations/inviting/take.html", words)


def _is_open(invitation: Invitation) -> bool:
    return invitation.ended_at is None and timezone.now() < invitation.expires_at


def _not_found(request: BoroughRequest) -> HttpResponse:
    return errors.problem(
        request,
        status=404,
        heading=_("We cannot find this invitation"),
        explanation=_(
            "An invitation works once, for 7 days, and only for an account with the email address "
            "that it was sent to."
        ),
        next_steps=[
            _("If you have several accounts, sign in to the one with that email address."),
            _("If it is too old, ask whoever invited you to send it again."),
        ],
    )


def _see(organisation: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("organisations:home", args=[organisation]), status=303)
