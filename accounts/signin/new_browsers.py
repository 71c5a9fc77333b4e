"""Telling an account's owner of a sign-in in a browser that they have not used lately."""

from accounts.limits import operations as limits
from accounts.limits.table import TOLD_BROWSER
from accounts.models import PendingSignIn, Session
from accounts.notices.news import News
from accounts.notices.operations import tell


def notice(flow: PendingSignIn, session: Session) -> None:
    """Tell of the session that the flow led to, unless its browser is known or it is the first.

    Call it in the transaction that starts the session.
    """
    account = session.account
    keys = (str(account.pk), flow.browser_hash)
    is_known = limits.is_known(TOLD_BROWSER, *keys)
    limits.remember(TOLD_BROWSER, *keys)
    # A new account's owner has just been told that it is theirs.
    is_first = not Session.objects.filter(account=account).exclude(pk=session.pk).exists()
    if flow.stands_on_id is None and not is_known and not is_first:
        detail = session.started_on
        tell(account=account, news=News.SIGNED_IN_SOMEWHERE_NEW, detail=detail)
