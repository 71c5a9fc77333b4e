"""Every cookie this provider sets; the cookies page and a test are made from this list."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Cookie:
    """One cookie: the setting that names it, and what residents are told of it."""

    setting: str
    purpose: Promise
    lifetime: Promise

    @property
    def name(self) -> str:
        """The name as the browser sees it."""
        return str(getattr(settings, self.setting))


BROWSER = Cookie(
    "BROWSER_COOKIE_NAME",
    _("Keeps your place while you sign in or create an account"),
    _("Until you close your browser"),
)
SIGNED_IN = Cookie(
    "SIGNED_IN_COOKIE_NAME",
    _("Keeps you signed in"),
    _("Until you sign out or close your browser, or 12 hours at most"),
)
MADE_UP = Cookie(
    "MADE_UP_COOKIE_NAME",
    _("Keeps a made-up person signed in, for organisations that try out a service"),
    _("Until you close your browser, or 12 hours at most"),
)
STAFF = Cookie(
    "STAFF_COOKIE_NAME",
    _("Keeps somebody who works for the council signed in to the council’s own pages"),
    _("Until they sign out or close their browser, or 8 hours at most"),
)
REMEMBERED = Cookie(
    "REMEMBERED_COOKIE_NAME",
    _("Lets you skip the second step on a device, if you ask for that"),
    _("30 days"),
)
DEVICE_CODE = Cookie(
    "DEVICE_CODE_COOKIE_NAME",
    _("Keeps the code of a device while you let it in"),
    _("15 minutes"),
)
CSRF = Cookie(
    "CSRF_COOKIE_NAME",
    _("Makes sure that a form we receive was sent from our own page"),
    _("1 year"),
)
LANGUAGE = Cookie(
    "LANGUAGE_COOKIE_NAME",
    _("Remembers the language that you choose"),
    _("1 year"),
)
COOKIES = (BROWSER, SIGNED_IN, MADE_UP, STAFF, REMEMBERED, DEVICE_CODE, CSRF, LANGUAGE)


def put(
    response: HttpResponse, cookie: Cookie, value: str, *, max_age: timedelta | None = None
) -> None:
    """Set the cookie for this host alone, out of reach of scripts."""
    response.set_cookie(
        cookie.name,
        value,
        max_age=max_age,
        path="/",
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop(response: HttpResponse, cookie: Cookie) -> None:
    """Tell the browser to forget the cookie."""
    # delete_cookie() leaves out Secure, and a browser ignores a __Host- cookie without it.
    put(response, cookie, "", max_age=timedelta(0))
