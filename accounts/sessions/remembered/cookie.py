"""The cookie that a remembered browser keeps: a secret for each account that is remembered there.

People who share a browser do not make each other forgotten.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.security import cookies
from accounts.security.browser import is_token

_MOST = 5
_BETWEEN = "."


def values(request: HttpRequest) -> list[str]:
    """Return the secrets that the browser presents, the newest first."""
    presented = request.COOKIES.get(cookies.REMEMBERED.name, "")
    return [part for part in presented.split(_BETWEEN)[:_MOST] if is_token(part)]


def attach(request: HttpRequest, response: HttpResponse, value: str) -> None:
    """Give the browser one more secret, for as long as a browser is remembered."""
    kept = _BETWEEN.join([value, *values(request)][:_MOST])
    cookies.put(response, cookies.REMEMBERED, kept, max_age=settings.REMEMBERED_DEVICE_LIFETIME)
