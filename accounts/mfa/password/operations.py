"""Changing a password, with all that ends by it."""

from django.db import transaction

from accounts.assurance import Level, lasting_level_of, methods_in
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.limits import operations as limits
from accounts.limits.operations import Verdict
from accounts.limits.table import SIGN_IN, SIGN_IN_NETWORK
from accounts.mfa.operations import lock
from accounts.models import Account, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.passwords import operations as passwords
from accounts.sessions.operations import end_all
from accounts.sessions.remembered.operations import forget_all
from accounts.signals import credential_changed


def count_try(account: Account, network: str) -> Verdict:
    """Count one try to type the old password, together with tries to sign in by it."""
    key = account.sign_in_key
    return limits.hit_all((SIGN_IN, (key, network)), (SIGN_IN_NETWORK, (network,)))


def change(*, session: Session, password: str, fresh: bool, by: Actor) -> None:
    """Give the session's account a new password, and end every other session.

    `fresh`: whether its owner has signed in just now, by as much as the account has.

    Raises:
        accounts.sessions.operations.AccountChangedError: the session has ended meanwhile.
    """
    # Before the transaction: a slow hash must not hold the database's write lock.
    _change(session, passwords.hashed(password), fresh=fresh, by=by)


@transaction.atomic
def _change(session: Session, encoded: str, *, fresh: bool, by: Actor) -> None:
    account = lock(session)
    strong = fresh and lasting_level_of(methods_in(session.proofs)) > Level.ONE_FACTOR
    passwords.set_password(
        account=account,
        encoded=encoded,
        event=Event.PASSWORD_CHANGED,
        by=by,
        # Whoever got in by a password from the mailbox has shown no more by changing it.
        from_mailbox=account.password_from_mailbox and not strong,
    )
    reason = Session.EndReason.PASSWORD_CHANGED
    end_all(account=account, reason=reason, keep=session, by=by)
    forget_all(account=account, reason=reason, by=by)
    tell(account=account, news=News.PASSWORD_CHANGED)
    credential_changed.send(
        sender=Account, account=account, kept_session=session, offline_ends=False
    )
