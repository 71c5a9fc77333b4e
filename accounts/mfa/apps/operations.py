"""Adding an app and checking its codes."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.mfa import operations as ways
from accounts.mfa.apps import rules
from accounts.mfa.queries import Kind
from accounts.mfa.sealed import opened, seal
from accounts.models import Account, AppSecret, Authenticator, Session
from accounts.security import encryption
from accounts.sessions.operations import StartedSession

_PURPOSE = b"app"


def new_secret(account: Account) -> str:
    """Return a new secret, sealed for this account; `secret_in` opens it."""
    return seal(_PURPOSE, account, secrets.token_bytes(rules.SECRET_BYTES))


def secret_in(account: Account, sealed: str) -> bytes | None:
    """Return the secret that was sealed for this account, or None."""
    return opened(_PURPOSE, account, sealed)


@transaction.atomic
def add(
    *, session: Session, secret: bytes, code: str, label: str = "", by: Actor
) -> StartedSession | None:
    """Add the app that shows this code, and return the stronger session; None for a wrong code.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    app = _with_secret(ways.lock(session), secret)
    after = app.last_step if app else 0
    step = rules.matching_step(secret, code, now=timezone.now(), after=after)
    if step is None:
        return None
    if app is not None:
        # Another sign-in may have taken the code just now.
        is_taken = _take(app, step)
        return ways.proved(session=session, way=app.authenticator, by=by) if is_taken else None
    way = ways.add(session=session, kind=Kind.APP, label=label, by=by)
    AppSecret.objects.create(authenticator=way, secret=encryption.encrypt(secret), last_step=step)
    return ways.proved(session=session, way=way, by=by)


def check(account: Account, code: str) -> Authenticator | None:
    """Return the app that shows this code now, once for each code; None if none does."""
    now = timezone.now()
    apps = AppSecret.objects.filter(
        authenticator__account=account, authenticator__suspect_since=None
    ).select_related("authenticator")
    for app in apps:
        secret = encryption.decrypt(app.secret)
        step = rules.matching_step(secret, code, now=now, after=app.last_step)
        if step is not None and _take(app, step):
            Authenticator.objects.filter(pk=app.pk).update(last_used_at=now)
            return app.authenticator
    return None


def _take(app: AppSecret, step: int) -> bool:
    # In one statement: of requests that bring the same code at once, one alone takes it
    # (RFC 6238 §5.2).
    return AppSecret.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step) == 1


def _with_secret(account: Account, secret: bytes) -> AppSecret | None:
    # The page was sent twice. Two rows with one secret would each take the same code.
    apps = AppSecret.objects.filter(authenticator__account=account).select_related("authenticator")
    return next((app for app in apps if encryption.decrypt(app.secret) == secret), None)
