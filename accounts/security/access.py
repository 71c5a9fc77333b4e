"""Who may enter a view, stated on the view itself; a test finds views that do not say."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Access(StrEnum):
    """Who a view lets in; read from `view.access`."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    STAFF = "staff"
    MACHINE = "machine"
    DEMO = "demo"


def mark(view: View, access: Access) -> View:
    """State on the view who may enter; checks nothing by itself."""
    vars(view)["access"] = access
    return view


def public(view: View) -> View:
    """Anybody may enter."""
    return mark(view, Access.PUBLIC)


def no_page(view: View) -> View:
    """State that the view shows people no page of its own: it answers with data or leads on."""
    vars(view)["no_page"] = True
    return view


def machine(view: View) -> View:
    """Programs enter; the view authenticates them itself, never by a cookie."""
    return mark(view, Access.MACHINE)


def demo_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anybody may enter, in the demonstration; elsewhere there is no such page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return mark(checked, Access.DEMO)
