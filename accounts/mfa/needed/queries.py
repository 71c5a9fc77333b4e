"""Finding the sign-in that a way to sign in is added for."""

from accounts.models import PendingSignIn
from accounts.security.browser import is_token
from accounts.sessions.middleware import BoroughRequest


def flow_of(request: BoroughRequest) -> PendingSignIn | None:
    """Return the finished sign-in that the request names: this browser's, this account's, or none.

    It may have expired: whoever fetches a phone from upstairs still goes back to the service.
    """
    named = request.GET.get("flow", "") or request.POST.get("flow", "")
    session = request.signed_in
    if session is None or not is_token(named):
        return None
    row = PendingSignIn.objects.filter(pk=named, account=session.account).first()
    if row is None or row.done_at is None or not request.browser.owns(row.browser_hash):
        return None
    return row
