"""The limit that holds for every form whose page has none of its own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.limits.operations import OverLimitError, Verdict, hit
from accounts.limits.rules import network_of
from accounts.limits.table import FORMS_ACCOUNT, FORMS_NETWORK
from accounts.pages.errors import too_many_requests
from accounts.sessions.middleware import BoroughRequest

_View = Callable[..., HttpResponseBase]


def counts_itself(view: _View) -> _View:
    """Leave the view to its own limits, which come before any costly work of it.

    What nobody signed in needs to get in is such a view: one reader of a library who sends
    thousands of forms must not keep the others out.
    """
    vars(view)["counts_itself"] = True
    return view


class FloodingMiddleware:
    """Asks a network that sends far too many forms to wait, before any view does work for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self,
        request: BoroughRequest,
        view: _View,
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Return 429 with the time from which forms are taken again, or nothing."""
        del args, kwargs
        if request.method != "POST" or getattr(view, "counts_itself", False):
            return None
        verdict = _count(request)
        return None if verdict.allowed else too_many_requests(request, verdict.wait)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the same for a limit that a view met on its way; other errors are for others."""
        if not isinstance(error, OverLimitError):
            return None
        return too_many_requests(request, error.verdict.wait)


def _count(request: BoroughRequest) -> Verdict:
    if request.signed_in is not None:
        return hit(FORMS_ACCOUNT, str(request.signed_in.account_id))
    return hit(FORMS_NETWORK, network_of(request.META["REMOTE_ADDR"]))
