"""Who may have a copy of everything."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.export.rules import Refusal
from accounts.export.wording import REFUSALS
from accounts.help_codes.trail import note_step
from accounts.mfa.decorators import freshly_signed_in, standing_of
from accounts.mfa.rules import Standing
from accounts.models import Session
from accounts.pages.moments import moment
from accounts.security.access import Access, mark
from accounts.sessions.middleware import BoroughRequest

View = Callable[..., HttpResponseBase]


def freshly_signed_in_alone(view: View) -> View:
    """Only somebody who signed in just now, by as much as the account has, enters.

    Never where others use the device too: the file would stay there. Nor while a recovery is fresh:
    whoever took an account over by it would have everything at once.
    """

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = _refusal(request.signed_in) if request.signed_in else None
        if refusal is None:
            return entered(request, *args, **kwargs)
        note_step(request, refusal)
        return _refused(request, refusal)

    entered = freshly_signed_in(view)
    return mark(checked, Access.SIGNED_IN)


def _refusal(session: Session) -> Refusal | None:
    if session.is_shared_device:
        return Refusal.SHARED_DEVICE
    return Refusal.HELD if standing_of(session) is Standing.HELD else None


def _refused(request: BoroughRequest, refusal: Refusal) -> HttpResponse:
    held_until = request.signed_in.account.changes_held_until if request.signed_in else None
    when = moment(held_until) if held_until else ""
    words = {
        "explanation": str(REFUSALS[refusal]).format(moment=when),
        "back_url": reverse("export:copy"),
    }
    return render(request, "accounts/export/refused.html", words, status=403)
