"""The staff's own session in a browser, beside that of the resident whom one of them also is."""

from accounts.security import cookies
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
