"""Browsers that an account's owner uses: telling of a sign-in in another, and knowing its own."""

from django.db.models import Max, Q

from accounts.assurance import Level
from accounts.audit.events import Event
from accounts.limits import operations as limits
from accounts.limits.table import OWN_BROWSER, TOLD_BROWSER
from accounts.models import Account, AuditEvent, PendingSignIn, Session
from accounts.notices.news import News
from accounts.notices.operations import tell

_SENT_AWAY = Q(
    event__in=[
        Event.ACCOUNT_FROZEN,
        Event.LEAVING_DONE,
        Event.NOT_ME_SAID,
        Event.RECOVERY_COMPLETED,
        Event.SESSIONS_ENDED,
    ]
) | Q(event=Event.SESSION_ENDED, reason=Session.EndReason.ENDED_BY_OWNER)


def notice(flow: PendingSignIn, session: Session) -> None:
    """Tell of the session that the flow led to, unless its browser is known or it is the first.

    Call it in the transaction that starts the session.
    """
    account = session.account
    keys = (str(account.pk), flow.browser_hash, _since(account))
    is_known = limits.is_known(TOLD_BROWSER, *keys)
    limits.remember(TOLD_BROWSER, *keys)
    if session.level >= Level.TWO_FACTORS and not session.is_shared_device:
        limits.remember(OWN_BROWSER, *keys)
    # A new account's owner has just been told that it is theirs.
    is_first = not Session.objects.filter(account=account).exclude(pk=session.pk).exists()
    if flow.stands_on_id is None and not is_known and not is_first:
        detail = session.started_on
        tell(account=account, news=News.SIGNED_IN_SOMEWHERE_NEW, detail=detail)


def is_own(account: Account, browser: str) -> bool:
    """Say whether the account's owner showed, in this browser, more than the password.

    Whoever knows the password alone makes no browser one of the account's own.
    """
    return limits.is_known(OWN_BROWSER, str(account.pk), browser, _since(account))


def _since(account: Account) -> str:
    """Return what is another each time that the owner sends others away: none is known from then.

    A stranger was told of once, and would come back unnoticed.
    """
    rows = AuditEvent.objects.filter(_SENT_AWAY, account_id=account.pk)
    return str(rows.aggregate(last=Max("pk"))["last"])
