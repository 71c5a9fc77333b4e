"""What a browser gets of a session of staff."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from accounts.pages.browser_kind import browser_words
from accounts.security import cookies
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import StartedSession
from accounts.staffing.entry.operations import Known, start


def home() -> str:
    """Return where staff begin."""
    return reverse(settings.STAFF_HOME)


def signed_in(request: BoroughRequest, known: Known, *, leads_to: str) -> HttpResponse:
    """Start the session of whoever has shown a key, and lead on.

    Raises:
        AccountChangedError: they left, or the key was removed, meanwhile.
    """
    before = request.signed_in or request.signed_in_before
    started = start(
        known=known,
        replaces=request.signed_in,
        started_on=browser_words(request.headers.get("User-Agent", "")),
    )
    if before is not None and before.account_id != known.account.pk:
        # Nobody sends, as this person, a page that somebody else left open here.
        rotate_token(request)
    return holding(started, leads_to=leads_to)


def holding(started: StartedSession, *, leads_to: str) -> HttpResponse:
    """Lead on, in a browser that holds the session from now on."""
    response = HttpResponseRedirect(leads_to, status=303)
    cookies.put(response, cookies.STAFF, started.cookie_value)
    return response
