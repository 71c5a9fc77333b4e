"""Who may enter the pages of an organisation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.assurance import Level
from accounts.mfa.decorators import freshly_signed_in_by
from accounts.pages import errors
from accounts.security.access import Access, mark
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from clients.models import Member
from clients.organisations.members import queries
from clients.organisations.members.operations import keep_out, keep_stranger_out
from clients.organisations.members.rules import Permission, may

View = Callable[..., HttpResponseBase]


def member_may(
    permission: Permission, *, enter: Callable[[View], View] = signed_in
) -> Callable[[View], View]:
    """Let in members of the organisation that the address names whose role may do this.

    The view gets the `Member` in the place of the `organisation` of its address. Whoever is no
    member sees what they would see if there were no such organisation; both are recorded.
    `enter` is what the session must be: `signed_in`, or fresher.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(
            request: BoroughRequest, *args: Any, organisation: str, **kwargs: Any
        ) -> HttpResponseBase:
            account = session_of(request).account
            member = queries.find(account, organisation)
            if member is None:
                keep_stranger_out(account=account, organisation=organisation)
                raise Http404
            if not may(member.role, permission):
                keep_out(member=member, permission=permission)
                return errors.permission_denied(request)
            return view(request, member, *args, **kwargs)

        entered = mark(enter(checked), Access.MEMBER)
        vars(entered)["permission"] = permission
        return entered

    return decorate


def acts_as_member(permission: Permission) -> Callable[[View], View]:
    """Do the same for a view that changes who belongs to the organisation, or what shows who it is.

    Where residents use its applications, whoever acts must have signed in just now, by two factors.
    """

    def decorate(view: View) -> View:
        strongly = freshly_signed_in_by(Level.TWO_FACTORS)(view)

        @wraps(view)
        def found(
            request: BoroughRequest, member: Member, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            is_live = queries.has_live_application(member.organisation)
            return (strongly if is_live else view)(request, member, *args, **kwargs)

        return member_may(permission)(found)

    return decorate
