"""Who may enter the pages of an application."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.assurance import Level
from accounts.mfa.decorators import freshly_signed_in_by
from accounts.pages import errors
from accounts.sessions.decorators import signed_in
from accounts.sessions.middleware import BoroughRequest
from clients.applications import queries
from clients.models import Application, Member
from clients.organisations.members.decorators import member_may
from clients.organisations.members.operations import keep_out_of_application
from clients.organisations.members.rules import Permission, may

View = Callable[..., HttpResponseBase]


def application_may(
    permission: Permission, *, enter: Callable[[View], View] = signed_in
) -> Callable[[View], View]:
    """Let in members who may do this, to an application of their own organisation.

    The view gets the `Member` and the `Application` in the place of the names in its address. For
    more than looking at a live application they must have signed in just now, by two factors. One
    that has retired is only looked at.
    """

    def decorate(view: View) -> View:
        strongly = freshly_signed_in_by(Level.TWO_FACTORS)(view)

        @wraps(view)
        def found(
            request: BoroughRequest, member: Member, *args: Any, application: str, **kwargs: Any
        ) -> HttpResponseBase:
            row = queries.of_organisation(member.organisation).filter(slug=application).first()
            if row is None:
                other = queries.find(application)
                keep_out_of_application(member=member, client_id=other.client_id if other else "")
                raise Http404
            acts = permission is not Permission.SEE
            if acts and _is_over(row):
                return _ended(request)
            is_live = row.environment == Application.Environment.LIVE
            entered = strongly if acts and is_live else view
            return entered(request, member, row, *args, **kwargs)

        checked: View = member_may(permission, enter=enter)(found)
        return checked

    return decorate


def may_act(member: Member, application: Application, permission: Permission) -> bool:
    """Say whether `application_may` lets the member do this, so that a page shows the way to it."""
    return may(member.role, permission) and not _is_over(application)


def _is_over(application: Application) -> bool:
    return application.status == Application.Status.RETIRED


def _ended(request: BoroughRequest) -> HttpResponseBase:
    return errors.problem(
        request,
        status=409,
        heading=_("This application has ended"),
        explanation=_("Nothing was changed, and nothing of it can be changed any more."),
        next_steps=[_("You can still look at what it was, and at what it did before.")],
    )
