"""The cookie that keeps a browser signed in: real people's, or that of made-up ones."""

from uuid import UUID

from django.http import HttpResponse

from accounts.security import cookies
from accounts.security.cookies import Cookie


def holding(test_group: UUID | None) -> Cookie:
    """Return the cookie of whom a page is for: a developer stays signed in beside a test resident.

    Neither's session opens anything under the other's cookie.
    """
    return cookies.SIGNED_IN if test_group is None else cookies.MADE_UP


def attach(response: HttpResponse, cookie_value: str, *, test_group: UUID | None = None) -> None:
    """Give the browser its new session; without a lifetime, so that closing it signs out."""
    cookies.put(response, holding(test_group), cookie_value)


def detach(response: HttpResponse, *, test_group: UUID | None = None) -> None:
    """Take the session from the browser."""
    cookies.drop(response, holding(test_group))
