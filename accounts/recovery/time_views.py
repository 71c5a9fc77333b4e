"""More time for the pages behind a mailed link, at one press."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.notices.catalogue import RESET_LINK, WAYS_LINK
from accounts.notices.operations import keep_open
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from accounts.pages.time_left import until
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: BoroughRequest, token: str) -> HttpResponse:
    """Let the link for a new password work for longer in this browser."""
    return _more_time(request, RESET_LINK, token)


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: BoroughRequest, token: str) -> HttpResponse:
    """Let the link to the ways back work for longer in this browser."""
    return _more_time(request, WAYS_LINK, token)


def _more_time(request: BoroughRequest, purpose: str, token: str) -> HttpResponse:
    """Keep the link open and tell the page's script until when.

    Without scripts it is a page in a tab of its own. A link is minted for the name of its page.
    """
    if request.method == "POST":
        keep_open(purpose=purpose, token=token, browser=request.browser)
    link = find_link(purpose, token, request.browser)
    if link.state is not LinkState.GOOD or link.ends_at is None:
        return redirect(purpose, token=token)
    if not request.accepts("text/html"):
        return until(link.ends_at)
    if request.method == "POST":
        return redirect(request.path)
    return render(request, "accounts/recovery/more_time.html", {"until": link.ends_at})
