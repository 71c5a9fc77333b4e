"""What every page knows of the browser and of who is signed in."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils import timezone

from accounts.help_codes.trail import Trail
from accounts.models import Account, Session
from accounts.security import cookies
from accounts.security.browser import BrowserId
from accounts.security.cookies import Cookie
from accounts.sessions import operations, queries
from accounts.sessions.rules import Standing

# One write a minute at most, however many pages somebody opens.
_SEEN_EVERY = timedelta(minutes=1)


class BoroughRequest(HttpRequest):
    """A request as views of pages get it; programs' endpoints get a plain one.

    `signed_in_before` is the session that the browser still names although it is over;
    `forgets` are the cookies of sessions that it stops naming with this answer. `test_group` is
    whose made-up people the page is for; else `signed_in` is a real person. There, `tries_out` is
    the session of the real person who tries the service with them, if the browser has one.
    `is_for_staff`: the page is for the council's staff, and `signed_in` is one of them.
    """

    browser: BrowserId
    signed_in: Session | None
    signed_in_before: Session | None
    forgets: set[Cookie]
    test_group: UUID | None
    tries_out: Session | None
    is_for_staff: bool
    trail: Trail


class SessionMiddleware:
    """Reads the two cookies before a view and sets or drops them after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain_request: HttpRequest) -> HttpResponse:
        """Answer the request with what `BoroughRequest` says on it."""
        request = cast("BoroughRequest", plain_request)
        presented = request.COOKIES.get(cookies.SIGNED_IN.name, "")
        request.browser = BrowserId(request.COOKIES.get(cookies.BROWSER.name, ""))
        request.trail = Trail(request.browser)
        request.test_group = request.tries_out = None
        request.is_for_staff = False
        look_up(request, presented)
        request.forgets = set()
        response = self.get_response(request)
        request.trail.close(_page(request), response.status_code)
        if request.browser.new_value is not None and not _from_elsewhere(request):
            cookies.put(response, cookies.BROWSER, request.browser.new_value)
        for cookie in request.forgets:
            if cookie.name not in response.cookies:
                cookies.drop(response, cookie)
        if response.cookies and "public" in response.get("Cache-Control", ""):
            # A proxy that keeps the answer for all would give them all one person's cookie.
            response["Cache-Control"] = "no-store"
        if response.get("Content-Type", "").startswith("text/html"):
            # Also for redirects. The next person at a shared computer must not get a page of the
            # last one's by the back button, nor a proxy keep it.
            response.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self,
        request: BoroughRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> None:
        """Part with a session that was ended, and with the secret of forms that were open in it.

        Else the next person at a shared computer, once signed in, could send as theirs a page that
        the last one left open. The cookie goes only where the secret is new, so that no sign-in
        can come between.
        """
        del view, args, kwargs
        is_over = cookies.SIGNED_IN.name in request.COOKIES and request.signed_in is None
        if is_over and not _ran_out(request):
            request.forgets.add(cookies.SIGNED_IN)
            rotate_token(request)


def look_up(request: BoroughRequest, presented: str) -> None:
    """Set who is signed in by this cookie: nobody whom the page is not for."""
    session = queries.by_cookie(presented) if presented else None
    if session is not None and not _is_meant(request, session.account):
        session = None
    is_open = session is not None and queries.still_open(session)
    request.signed_in = session if is_open else None
    request.signed_in_before = None if is_open else session
    now = timezone.now()
    if request.signed_in is not None and now - request.signed_in.last_seen_at >= _SEEN_EVERY:
        operations.seen(request.signed_in, now)


def _is_meant(request: BoroughRequest, account: Account) -> bool:
    return account.is_staff if request.is_for_staff else account.is_known_to(request.test_group)


def _ran_out(request: BoroughRequest) -> bool:
    # Of one that did the cookie stays, though it opens nothing: it says whose form it is that
    # comes late from another tab, and whether it is the same person who signs in next.
    before = request.signed_in_before
    return before is not None and queries.standing_of(before) is Standing.RAN_OUT


def _from_elsewhere(request: HttpRequest) -> bool:
    """Say whether another site's page sent a form here, and so without our cookies (SameSite=Lax).

    The browser may well have an id: a new one would cut off every sign-in begun under it.
    """
    return request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site"


def _page(request: HttpRequest) -> str:
    # The page's name, never its path: paths of mailed links hold their secret.
    return request.resolver_match.view_name if request.resolver_match else ""
