"""Made-up people's own session in a browser, beside that of whoever tries a service with them."""

from uuid import UUID

from accounts.security import cookies
from accounts.sessions import queries
from accounts.sessions.middleware import BoroughRequest, look_up


def enter(request: BoroughRequest, test_group: UUID | None) -> None:
    """Have the rest of this request see only people of this group; None: only real ones.

    Called where a request turns out to be about a sandbox application or a sign-in to one. Every
    other page never hears of a made-up person's session: that is what keeps them from it.
    """
    if request.test_group == test_group:
        return
    if request.test_group is not None:
        message = "one request is for the people of one group"
        raise RuntimeError(message)
    request.test_group, request.tries_out = test_group, request.signed_in
    look_up(request, request.COOKIES.get(cookies.MADE_UP.name, ""))


def group_here(request: BoroughRequest) -> UUID | None:
    """Return of which group a made-up person is signed in here, beside nobody or somebody real."""
    session = queries.by_cookie(request.COOKIES.get(cookies.MADE_UP.name, ""))
    return session.account.test_group if session and queries.still_open(session) else None
