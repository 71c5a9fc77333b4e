"""Who may enter a view: each view carries exactly one of these."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Session
from accounts.security.access import Access, demo_only, machine, mark, public
from accounts.sessions.middleware import BoroughRequest

__all__ = ["Access", "demo_only", "machine", "public", "session_of", "signed_in"]


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only somebody signed in enters; others are sent to sign in and come back."""

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.signed_in is None:
            return redirect(_sign_in_address(request))
        return view(request, *args, **kwargs)

    return mark(checked, Access.SIGNED_IN)


def session_of(request: BoroughRequest) -> Session:
    """Return the session of a request that `signed_in` let in."""
    if request.signed_in is None:
        message = "only for views that need somebody signed in"
        raise RuntimeError(message)
    return request.signed_in


def _sign_in_address(request: BoroughRequest) -> str:
    # An address that was posted to may have no page to come back to.
    query = {"return_to": request.get_full_path()} if request.method == "GET" else {}
    address = reverse("signin:sign_in")
    return f"{address}?{urlencode(query)}" if query else address
