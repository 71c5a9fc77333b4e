"""Where a page of one's details leads back to: the account page, or the page that led to it."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.security import keyed_hash
from accounts.signin.rules import is_local_path

HUB = "profile:account"
_NAME = "return_to"
_ENDS_AT: Final = "ends_at"
_SEAL: Final = "seal"
_PURPOSE: Final = "way-back"


@dataclass(frozen=True)
class Way:
    """A path of this site to go back to, and the origin that redirects may lead on to from it.

    Browsers check that origin against the policy of the page whose form was sent.
    """

    path: str
    ends_at: str = ""


def back(request: HttpRequest) -> str:
    """Return the address of the page to go back to; only ever a path of this site."""
    return _asked(request) or reverse(HUB)


def onward(request: HttpRequest, name: str) -> HttpResponse:
    """Lead on to another page of the same detail, which leads back likewise."""
    return HttpResponseRedirect(f"{reverse(name)}{carried(request)}", status=303)


def carried(request: HttpRequest) -> str:
    """Return what the address of another page takes along to lead back likewise, if anything."""
    way = Way(_asked(request), _ends_at(request))
    return f"?{_query(way)}" if way.path else ""


def leading_to(name: str, *, back_to: Way) -> str:
    """Return the address of a page that leads back by this way."""
    return f"{reverse(name)}?{_query(back_to)}"


def allow(page: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Let the page's form lead back, and by redirects to where that way ends."""
    ends_at = _ends_at(request)
    if ends_at:
        # django-csp offers a decorator only, and the origin is not known before the view runs.
        vars(page)["_csp_update"] = {"form-action": [ends_at]}
    return page


def done(request: HttpRequest) -> HttpResponse:
    """Lead back, once the detail is as its owner wants it."""
    return HttpResponseRedirect(back(request), status=303)


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get(_NAME, "")
    return asked if is_local_path(asked) else ""


def _query(way: Way) -> str:
    query = {_NAME: way.path}
    if way.ends_at:
        seal = keyed_hash.digest(_PURPOSE, _sealed(way.path, way.ends_at))
        query |= {_ENDS_AT: way.ends_at, _SEAL: seal}
    return urlencode(query)


def _ends_at(request: HttpRequest) -> str:
    """Return the origin that we wrote into the address: nobody else may loosen a page's policy."""
    ends_at, seal = request.GET.get(_ENDS_AT, ""), request.GET.get(_SEAL, "")
    sealed = _sealed(_asked(request), ends_at)
    is_ours = seal.isascii() and keyed_hash.matches(_PURPOSE, sealed, seal)
    return ends_at if is_ours else ""


def _sealed(path: str, ends_at: str) -> str:
    return f"{path}\0{ends_at}"
