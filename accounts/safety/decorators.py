"""Who may enter a view that shuts others out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect

from accounts.assurance import Level
from accounts.help_codes.trail import note_step
from accounts.mfa.decorators import not_now, standing_of
from accounts.mfa.queries import methods_of, set_aside_of
from accounts.mfa.rules import Standing, level_to_change
from accounts.models import Session
from accounts.security.access import Access, mark
from accounts.sessions.decorators import signed_in
from accounts.sessions.late_forms.page import way_back
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.flow import Wanted
from accounts.signin.refusals import HOME
from accounts.signin.rules import is_local_path

View = Callable[..., HttpResponseBase]


def signed_in_by_two(view: View) -> View:
    """Only somebody who signed in just now, by two things if the account has two, enters.

    A passkey is not insisted on: it may be on the tablet that somebody else has now.
    """

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = request.signed_in
        if session is None:
            return entered(request, *args, **kwargs)
        stands = standing_of(session, at_most=Level.TWO_FACTORS)
        if stands is Standing.FRESH:
            return entered(request, *args, **kwargs)
        note_step(request, stands)
        if stands is Standing.STALE:
            return redirect(_again(request, session))
        return not_now(request, session, stands)

    entered = signed_in(view)
    return mark(checked, Access.SIGNED_IN)


def _again(request: BoroughRequest, session: Session) -> str:
    account = session.account
    back = way_back(request, account)
    # Longer than any address of ours is one that somebody made up.
    return_to = back if is_local_path(back) else HOME
    level = min(level_to_change(methods_of(account), set_aside_of(account)), Level.TWO_FACTORS)
    # Whoever comes next at a shared device does not read who was there before.
    hint = "" if session.is_shared_device else account.sign_in_name
    wanted = Wanted(level=level, remembered_device_will_do=False, login_hint=hint)
    return flows.begin(request, return_to=return_to, wanted=wanted)
