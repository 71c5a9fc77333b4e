"""The limit that holds for every form, also where a page has none of its own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import FORMS_NETWORK
from accounts.pages.errors import too_many_requests


class FloodingMiddleware:
    """Asks a network that sends far too many forms to wait, before any view does work for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or 429 with the time from which forms are taken again."""
        if request.method == "POST":
            verdict = hit(FORMS_NETWORK, network_of(request.META["REMOTE_ADDR"]))
            if not verdict.allowed:
                return too_many_requests(request, verdict.wait)
        return self.get_response(request)
