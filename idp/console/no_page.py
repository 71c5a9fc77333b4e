"""What an address without a page answers to staff, and to everybody else (handler404)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.history.wording import ROLES
from accounts.models import Account
from accounts.pages import errors
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import enter
from idp.console.queries import standing_of


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer in the staff's own frame where somebody of them is signed in.

    One page for all: for what does not exist, for what their roles do not open, and for what is a
    colleague's. Whoever tries addresses out learns nothing from it.
    """
    own = cast("BoroughRequest", request)
    if _is_of_staff(own):
        enter(own)
        if own.signed_in is not None:
            return _told(own, own.signed_in.account)
    return errors.not_found(request, exception)


def _is_of_staff(request: BoroughRequest) -> bool:
    home = reverse("console:home")
    is_below = request.path == home or request.path.startswith(f"{home}/")
    # What passes by our middleware has no sign-in to ask for.
    return hasattr(request, "is_for_staff") and (is_below or request.is_for_staff)


def _told(request: BoroughRequest, account: Account) -> HttpResponse:
    roles = standing_of(account).roles
    words = {
        "roles": [ROLES[role] for role in ROLES if role in roles],
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/no_page.html", words, status=404)
