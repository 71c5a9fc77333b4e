"""Entering a step of a stored request."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponseBase
from django.utils import translation

from accounts.help_codes.trail import note_step
from accounts.sessions import made_up
from accounts.sessions.middleware import BoroughRequest
from idp.models import AuthorizationRequest
from idp.oidc.authorize import response, stored

Step = Callable[[BoroughRequest, AuthorizationRequest], HttpResponseBase]


def with_stored_request(view: Step) -> Callable[[BoroughRequest], HttpResponseBase]:
    """Give the view the request that the address or form names, or show why it cannot go on.

    Whoever is signed in is then one whom the application serves: a real person or a made-up one.
    """

    @wraps(view)
    def opened(request: BoroughRequest) -> HttpResponseBase:
        try:
            row = stored.open_for(request.browser, stored.named(request))
        except stored.CannotGoOnError as problem:
            note_step(request, problem.fault)
            return response.cannot_go_on(request, problem)
        if row.language:
            translation.activate(row.language)
        made_up.enter(request, row.application.test_group)
        return view(request, row)

    return opened
