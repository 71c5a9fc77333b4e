"""Who may enter a view: each view carries exactly one of these."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.help_codes.trail import note_step
from accounts.models import Account, Session
from accounts.security.access import Access, demo_only, machine, mark, public
from accounts.sessions.late_forms.page import taken, way_back
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.queries import standing_of
from accounts.sessions.rules import Standing

__all__ = [
    "Access",
    "demo_only",
    "late_sender",
    "machine",
    "public",
    "session_of",
    "signed_in",
]


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only somebody signed in enters; others are sent to sign in and come back.

    A form that they sent too late is given back to the same person, by `late_forms.page.refill`.
    """

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.signed_in is None:
            return redirect(_sign_in_address(request))
        taken(request, request.signed_in.account)
        return view(request, *args, **kwargs)

    return mark(checked, Access.SIGNED_IN)


def session_of(request: BoroughRequest) -> Session:
    """Return the session of a request that `signed_in` let in."""
    if request.signed_in is None:
        message = "only for views that need somebody signed in"
        raise RuntimeError(message)
    return request.signed_in


def late_sender(request: BoroughRequest) -> Account | None:
    """Return whose form this is that came after its session, if that ran out by itself."""
    before = request.signed_in_before
    if before is None or request.method != "POST":
        return None
    stands = standing_of(before)
    note_step(request, stands)
    return before.account if stands is Standing.RAN_OUT else None


def _sign_in_address(request: BoroughRequest) -> str:
    return_to = way_back(request, late_sender(request))
    address = reverse("signin:sign_in")
    return f"{address}?{urlencode({'return_to': return_to})}" if return_to else address
