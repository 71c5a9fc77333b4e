"""The staff's own session in a browser, beside that of the resident whom one of them also is."""

from accounts.models import Account
from accounts.security import cookies
from accounts.sessions import queries
from accounts.sessions.middleware import BoroughRequest, look_up


def enter(request: BoroughRequest) -> None:
    """Have the rest of this request see only somebody of the staff, or nobody.

    Called by the staff's pages before all else. Every other page never hears of a staff session,
    and these hear of no other: that is what keeps each from the other's.
    """
    if request.is_for_staff:
        return
    request.is_for_staff = True
    look_up(request, request.COOKIES.get(cookies.STAFF.name, ""))


def resident_here(request: BoroughRequest) -> Account | None:
    """Return who is signed in as a resident in the browser of a page for staff, if anybody is.

    For the one page that asks whether both are the same person.
    """
    session = queries.by_cookie(request.COOKIES.get(cookies.SIGNED_IN.name, ""))
    if session is None or not queries.still_open(session):
        return None
    return session.account if session.account.is_known_to(None) else None


def staff_here(request: BoroughRequest) -> Account | None:
    """Return who of the staff is signed in in the browser of a page for residents, if anybody is.

    For the one page that only somebody alone may use.
    """
    session = queries.by_cookie(request.COOKIES.get(cookies.STAFF.name, ""))
    if session is None or not queries.still_open(session):
        return None
    return session.account if session.account.is_staff else None
