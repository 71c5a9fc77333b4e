"""Where a page of one's details leads back to: the account page, or the page that led to it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.signin.rules import is_local_path

HUB = "profile:account"
_NAME = "return_to"


def back(request: HttpRequest) -> str:
    """Return the address of the page to go back to; only ever a path of this site."""
    return _asked(request) or reverse(HUB)


def onward(request: HttpRequest, name: str) -> HttpResponse:
    """Lead on to another page of the same detail, which leads back likewise."""
    return HttpResponseRedirect(f"{reverse(name)}{carried(request)}", status=303)


def carried(request: HttpRequest) -> str:
    """Return what the address of another page takes along to lead back likewise, if anything."""
    asked = _asked(request)
    return f"?{urlencode({_NAME: asked})}" if asked else ""


def leading_to(name: str, *, back_to: str) -> str:
    """Return the address of a page that leads back to this path."""
    return f"{reverse(name)}?{urlencode({_NAME: back_to})}"


def done(request: HttpRequest) -> HttpResponse:
    """Lead back, once the detail is as its owner wants it."""
    return HttpResponseRedirect(back(request), status=303)


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get(_NAME, "")
    return asked if is_local_path(asked) else ""
