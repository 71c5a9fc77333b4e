"""Finding sessions."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, Session
from accounts.security import keyed_hash
from accounts.security.browser import is_token
from accounts.sessions.rules import SessionFacts, Standing, standing

COOKIE_PURPOSE = "session-cookie"


def by_cookie(value: str) -> Session | None:
    """Return the session of this cookie, with its account, or None; it may be over."""
    if not is_token(value):
        return None
    hashes = keyed_hash.candidates(COOKIE_PURPOSE, value)
    rows = Session.objects.select_related("account").filter(cookie_hash__in=hashes)
    return rows.first()


def still_open(session: Session) -> bool:
    """Say whether the session, read just now, may be used."""
    return standing_of(session) is Standing.OPEN


def standing_of(session: Session) -> Standing:
    """Return what has become of the session, read just now."""
    return standing(facts_of(session, session.account), now=timezone.now())


def facts_of(session: Session, account: Account) -> SessionFacts:
    """Return what decides whether the session, of this account, is open."""
    return SessionFacts(
        ended=session.ended_at is not None,
        account_active=account.is_active,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        idle=_idle(session, account),
    )


def _idle(session: Session, account: Account) -> timedelta:
    own: timedelta = settings.STAFF_IDLE if account.is_staff else settings.SESSION_IDLE
    shared: timedelta = settings.SHARED_DEVICE_IDLE
    return shared if session.is_shared_device else own


def open_now(now: datetime, *, prefix: str = "") -> Q:
    """Return the condition "this session is open", for rows reached through `prefix`.

    For example `AccessToken.objects.filter(open_now(now, prefix="session__"))`. Of residents and
    made-up people: nothing hangs on a session of the staff.
    """
    seen, shared = f"{prefix}last_seen_at__gt", f"{prefix}is_shared_device"
    return Q(
        Q(**{seen: now - settings.SHARED_DEVICE_IDLE})
        | Q(**{seen: now - settings.SESSION_IDLE, shared: False}),
        **{
            f"{prefix}ended_at": None,
            f"{prefix}account__status": Account.Status.ACTIVE,
            f"{prefix}account__staff_since": None,
            f"{prefix}expires_at__gt": now,
        },
    )


def of_account(account: Account) -> list[Session]:
    """Return the account's open sessions, the one used last first."""
    rows = Session.objects.filter(open_now(timezone.now()), account=account)
    return list(rows.select_related("account").order_by("-last_seen_at"))
