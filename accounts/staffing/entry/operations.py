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
from accounts.sessions.operations import Proven, StartedSession
from accounts.staffing.entry.rules import Refusal


@dataclass(frozen=True)
class Known:
    """Somebody of the staff who has shown a key just now, and which."""

    account: Account
    proof: Proof


@transaction.atomic
def check(*, answer: str, browser: BrowserId, by: Actor) -> Known | None:
    """Return who of the staff gave this answer; nobody for a lie and for a resident's key alike."""
    asked = Asked(Challenge.Purpose.STAFF_SIGN_IN, browser)
    way = passkeys.check_assertion(answer=answer, asked=asked, by=by).authenticator
    if way is None:
        return None
    account = way.account
    if account.is_staff and account.is_active:
        return Known(account, Proof(Method.PASSKEY, timezone.now(), way.pk))
    about = About(account_id=account.pk, reason=Refusal.NOT_STAFF)
    record(Event.SIGN_IN_REFUSED, by=by, about=about)
    return None


@transaction.atomic
def start(*, known: Known, replaces: Session | None, started_on: str) -> StartedSession:
    """Sign somebody of the staff in; the session that the browser had at this door ends.

    Raises:
        AccountChangedError: they left, or the key was removed, meanwhile.
    """
    proof = known.proof
    return sessions.start(
        account=known.account,
        proven=Proven((proof,), proof.at, proof.at, started_on),
        replaces=replaces,
        by=staff(known.account),
    )


@transaction.atomic
def sign_out(*, session: Session) -> None:
    """End the session at its owner's wish."""
    reason = Session.EndReason.SIGNED_OUT
    sessions.end(session=session, reason=reason, by=staff(session.account))
