"""Who may type a device's code: residents at one address, test residents at their own."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.security.access import Access, mark
from accounts.sessions import made_up
from accounts.sessions.decorators import signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow
from clients.models import Organisation

View = Callable[[BoroughRequest], HttpResponse]


def for_whom_it_is(view: View) -> Callable[..., HttpResponseBase]:
    """Only somebody signed in enters: a resident, or at its address a test resident."""

    @wraps(view)
    def checked(request: BoroughRequest, organisation: str = "") -> HttpResponseBase:
        if not organisation:
            return entered(request)
        found = Organisation.objects.filter(slug=organisation).first() if settings.SANDBOX else None
        if found is None:
            return nowhere(request)
        made_up.enter(request, found.pk)
        if request.signed_in is None:
            return redirect(flow.begin(request, return_to=request.path))
        return view(request)

    entered, nowhere = signed_in(view), signed_in(_not_found)
    return mark(checked, Access.SIGNED_IN)


def _not_found(request: BoroughRequest) -> HttpResponse:
    del request
    raise Http404
