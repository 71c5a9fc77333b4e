"""Who may enter a view: each view carries exactly one of these."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.security.access import Access, demo_only, machine, mark, public
from accounts.sessions.middleware import BoroughRequest

__all__ = ["Access", "demo_only", "machine", "public", "signed_in"]


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only somebody signed in enters; others are sent to sign in and come back."""

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.signed_in is None:
            return redirect(_sign_in_address(request))
        return view(request, *args, **kwargs)

    return mark(checked, Access.SIGNED_IN)


def _sign_in_address(request: BoroughRequest) -> str:
    # An address that was posted to may have no page to come back to.
    query = {"return_to": request.get_full_path()} if request.method == "GET" else {}
    address = reverse("signin:sign_in")
    return f"{address}?{urlencode(query)}" if query else address
