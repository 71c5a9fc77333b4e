"""The language of a page: the service's wish, else the browser's own choice, else the account's."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.models import PendingSignIn, PendingSignUp
from accounts.pages.languages import ours, several
from accounts.security import cookies
from accounts.security.browser import is_token
from accounts.sessions.middleware import BoroughRequest


class LanguageMiddleware:
    """Shows each page in the language that somebody wants; costs nothing where there is but one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a view that knows better may still activate another language."""
        language = _choice(cast("BoroughRequest", request)) if several() else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
            response.setdefault("Content-Language", translation.get_language() or language)
        if several():
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(
        self,
        request: BoroughRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> None:
        """Change to what the service asked for that this sign-in or sign-up came from."""
        del args, kwargs
        # A view that takes other sites' forms reads them itself, unparsed.
        if several() and not getattr(view, "csrf_exempt", False):
            wanted = _of_flow(request)
            if wanted:
                translation.activate(wanted)


def _choice(request: BoroughRequest) -> str:
    chosen = ours(request.COOKIES.get(cookies.LANGUAGE.name, ""))
    if not chosen and request.signed_in is not None:
        chosen = ours(request.signed_in.account.language)
    return chosen or translation.get_language_from_request(request)


def _of_flow(request: HttpRequest) -> str:
    """Return what the service asked for (`ui_locales`), if we have it."""
    named = (request.POST if request.method == "POST" else request.GET).get("flow", "")
    if is_token(named):
        rows = PendingSignIn.objects.filter(pk=named).values_list("language", flat=True)
        return ours(rows.first() or "")
    named = request.GET.get("sign-up", "")
    if is_token(named):
        sign_ups = PendingSignUp.objects.filter(pk=named).values_list("flow__language", flat=True)
        return ours(sign_ups.first() or "")
    return ""
