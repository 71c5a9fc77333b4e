"""Finding out whose key answered, and starting and ending the session of staff."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mfa.passkeys import operations as passkeys
from accounts.mfa.passkeys.operations import Asked
from accounts.models import Account, Challenge, Session
from accounts.security.browser import BrowserId
from accounts.sessions import operations as sessions
from accounts.sessions.operations import AccountChangedError, Proven, StartedSession
from accounts.staffing.entry.rules import Refusal
from accounts.staffing.standing.queries import of_account
from accounts.staffing.standing.rules import Standing


@dataclass(frozen=True)
class Known:
    """Somebody of the staff who has shown a key just now, and which."""

    account: Account
    proof: Proof


@dataclass(frozen=True)
class Checked:
    """Who of the staff gave an answer; or why nobody gets in by it."""

    known: Known | None = None
    refusal: Refusal | Standing = Refusal.NOT_RIGHT


@transaction.atomic
def check(*, answer: str, browser: BrowserId, by: Actor) -> Checked:
    """Say who of the staff gave this answer; the same for a lie and for a resident's key.

    Whom the directory vouches for no more has shown a key that is theirs, and is told why.
    """
    asked = Asked(Challenge.Purpose.STAFF_SIGN_IN, browser)
    way = passkeys.check_assertion(answer=answer, asked=asked, by=by).authenticator
    if way is None:
        return Checked()
    account = way.account
    if not account.is_staff or not account.is_active:
        return _refused(account, Refusal.NOT_STAFF, by)
    standing = of_account(account)
    if standing is not Standing.FINE:
        return _refused(account, standing, by)
    return Checked(Known(account, Proof(Method.PASSKEY, timezone.now(), way.pk)))


@transaction.atomic
def start(*, known: Known, replaces: Session | None, started_on: str) -> StartedSession:
    """Sign somebody of the staff in; the session that the browser had at this door ends.

    Raises:
        AccountChangedError: they left, or the key was removed, meanwhile.
    """
    proof = known.proof
    started = sessions.start(
        account=known.account,
        proven=Proven((proof,), proof.at, proof.at, started_on),
        replaces=replaces,
        by=staff(known.account),
    )
    # Asked once more behind the account's lock: the directory's no may have come in between.
    if of_account(known.account) is not Standing.FINE:
        raise AccountChangedError
    return started


@transaction.atomic
def sign_out(*, session: Session) -> None:
    """End the session at its owner's wish."""
    reason = Session.EndReason.SIGNED_OUT
    sessions.end(session=session, reason=reason, by=staff(session.account))


def _refused(account: Account, reason: Refusal | Standing, by: Actor) -> Checked:
    record(Event.SIGN_IN_REFUSED, by=by, about=About(account_id=account.pk, reason=reason))
    # Nobody learns that a key is a resident's.
    return Checked(refusal=reason if isinstance(reason, Standing) else Refusal.NOT_RIGHT)
