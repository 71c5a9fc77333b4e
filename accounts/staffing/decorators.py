"""Who may enter a page for staff; each such view carries exactly one of the first two."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.help_codes.trail import note_step
from accounts.mfa.rules import Standing
from accounts.models import Account
from accounts.security.access import Access, mark
from accounts.sessions.decorators import late_sender, session_of
from accounts.sessions.late_forms.page import taken, way_back
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import enter
from accounts.staff import Permission
from accounts.staffing.operations import refuse
from accounts.staffing.queries import permissions_of

View = Callable[..., HttpResponseBase]


def staff_only(view: View) -> View:
    """Anybody of the staff enters; others are sent to sign in as such, and come back."""
    return _door(view, None)


def staff_may(permission: Permission) -> Callable[[View], View]:
    """Only those of the staff enter who have the permission by one of their roles.

    The others of them see what they would see if there were no such page, and it is recorded.
    """

    def decorate(view: View) -> View:
        return _door(view, permission)

    return decorate


def freshly(view: View) -> View:
    """Only whoever signed in just now goes on; others sign in again and come back.

    Stands under one of the two above.
    """

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = session_of(request)
        if timezone.now() - session.signed_in_at < settings.FRESH_SIGN_IN:
            return view(request, *args, **kwargs)
        note_step(request, Standing.STALE)
        return redirect(_sign_in_address(request, session.account, again="yes"))

    vars(checked)["is_fresh"] = True
    return checked


def _door(view: View, permission: Permission | None) -> View:
    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        enter(request)
        if request.signed_in is None:
            return redirect(_sign_in_address(request, late_sender(request)))
        account = request.signed_in.account
        if permission is not None and permission not in permissions_of(account):
            refuse(account=account, permission=permission)
            raise Http404
        taken(request, account)
        return view(request, *args, **kwargs)

    entered = mark(checked, Access.STAFF)
    vars(entered)["permission"] = permission
    return entered


def _sign_in_address(request: BoroughRequest, sender: Account | None, **more: str) -> str:
    return_to = way_back(request, sender)
    query = {"return_to": return_to, **more} if return_to else more
    address = reverse("staff:sign_in")
    return f"{address}?{urlencode(query)}" if query else address
