"""Adding and removing keys of staff."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mfa import operations as ways
from accounts.mfa.passkeys import operations as passkeys
from accounts.mfa.passkeys.operations import Asked, KeyKnownError, check_new
from accounts.mfa.passkeys.rules import Refusal
from accounts.mfa.removal import discard
from accounts.models import Account, Authenticator, Challenge, Session
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.notices.rules import LinkState
from accounts.security.browser import BrowserId
from accounts.sessions import operations as sessions
from accounts.sessions.operations import StartedSession
from accounts.staffing.keys import queries, rules
from accounts.staffing.keys.rules import Removal


@dataclass(frozen=True)
class Enrolled:
    """The account that has its first key now, with its proof; or why it has none.

    `link` is set where the link lets nobody in any more, `refusal` where the key would not do.
    """

    account: Account | None = None
    proof: Proof | None = None
    link: LinkState = LinkState.GOOD
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Added:
    """The session that rests on the added key too, or why none was added."""

    started: StartedSession | None = None
    refusal: Refusal | None = None


@transaction.atomic
def enrol(*, token: str, answer: str, browser: BrowserId, label: str, by: Actor) -> Enrolled:
    """Add the first key by a mailed link, which lets nobody in again.

    Of two browsers at once one alone finds the link good.
    """
    invited = queries.locked_invited(token)
    if invited.member is None or invited.message is None:
        _refuse(invited.state, by=by)
        return Enrolled(link=invited.state)
    done = add_first(
        account=invited.member.account, answer=answer, browser=browser, label=label, by=by
    )
    if done.account is not None:
        invited.message.used_at = timezone.now()
        invited.message.save(update_fields=["used_at"])
    return done


@transaction.atomic
def add_first(
    *, account: Account, answer: str, browser: BrowserId, label: str, by: Actor
) -> Enrolled:
    """Add a first key to an account that has none, for whoever was shown to be its owner."""
    made = check_new(answer=answer, asked=_asked(browser, account))
    if made.key is None:
        _refuse(made.refusal or Refusal.UNREADABLE, account=account, by=by)
        return Enrolled(refusal=made.refusal)
    try:
        way = passkeys.keep_first(account=account, made=made, label=label, by=staff(account))
    except KeyKnownError:
        _refuse(Refusal.ADDED_BEFORE, account=account, by=by)
        return Enrolled(refusal=Refusal.ADDED_BEFORE)
    record(Event.STAFF_ENROLLED, by=staff(account), about=About(account_id=account.pk))
    _tell(account)
    return Enrolled(account, Proof(Method.PASSKEY, timezone.now(), way.pk))


@transaction.atomic
def add(*, session: Session, answer: str, browser: BrowserId, label: str, by: Actor) -> Added:
    """Add one more key to the session's account.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    asked = Asked(Challenge.Purpose.ADD, browser, Authenticator.Kind.PASSKEY, session.account)
    done = passkeys.add(session=session, asked=asked, answer=answer, label=label, by=by)
    if done.started is not None:
        _tell(session.account)
    return Added(done.started, done.refusal)


@transaction.atomic
def remove(*, session: Session, way_id: UUID, by: Actor) -> Removal:
    """Remove a key, unless it is the last one; every other session ends.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    account = ways.lock(session)
    keys = queries.of_account(account)
    way = keys.filter(pk=way_id).first()
    outcome = rules.removal(is_there=way is not None, keys=keys.count())
    if way is None or outcome is not Removal.REMOVED:
        return outcome
    reason = Session.EndReason.WAY_REMOVED
    sessions.end_all(account=account, reason=reason, keep=session, by=by)
    discard(way, session=session, by=by)
    _tell(account)
    return outcome


def _asked(browser: BrowserId, account: Account) -> Asked:
    return Asked(Challenge.Purpose.STAFF_ENROL, browser, Authenticator.Kind.PASSKEY, account)


def _refuse(reason: LinkState | Refusal, *, account: Account | None = None, by: Actor) -> None:
    about = About(account_id=account.pk if account else None, reason=reason)
    record(Event.STAFF_ENROLMENT_REFUSED, by=by, about=about)


def _tell(account: Account) -> None:
    # Also whoever wrote the mail off or had it stolen: the mailbox's owner reads that a key is in.
    queue(
        template=Template.STAFF_KEYS_CHANGED,
        address=account.staff_member.work_email,
        language=account.language,
        account=account,
    )
