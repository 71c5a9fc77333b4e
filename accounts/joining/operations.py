"""Joining two accounts."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing import operations as closings
from accounts.joining import queries, rules
from accounts.joining.rules import Refusal
from accounts.models import Account, EmailAddress, PendingSignIn, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions import operations as sessions
from accounts.signals import account_joined, account_locked


class NotJoinedError(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def join(*, session: Session, proof: PendingSignIn, keep_other: bool, by: Actor) -> Account:
    """Close one of the two accounts that are proved here; return the one that goes on.

    Raises:
        NotJoinedError: one of them may not be joined, or is proved no more.
    """
    mine, other = _lock(session, proof)
    refusal = queries.refusal_of(session, proof)
    if refusal is not None:
        raise NotJoinedError(refusal)
    kept, closed = (other, mine) if keep_other else (mine, other)
    # Before anything moves: where it is reached now.
    tell(account=kept, news=News.JOINED)
    gone = _release_shared(closed, kept)
    if rules.addresses_move(*queries.levels(session, proof)):
        gone += _move_addresses(closed, kept)
    # A mail to an address that is an account's no more is sent only as a farewell.
    tell(account=closed, news=News.JOINED_AND_CLOSED, also_to=gone)
    _close(closed, kept, by)
    return kept


def _lock(session: Session, proof: PendingSignIn) -> tuple[Account, Account]:
    # Always in one order, or two joinings could wait for each other.
    wanted = [pk for pk in (session.account_id, proof.account_id) if pk is not None]
    rows = Account.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=wanted)
    found = {row.pk: row for row in rows}
    still = Session.objects.filter(pk=session.pk, ended_at=None).exists()
    if not still or proof.account_id not in found:
        raise NotJoinedError(Refusal.NOT_PROVED)
    session.account, proof.account = found[session.account_id], found[proof.account_id]
    return session.account, proof.account


def _release_shared(closed: Account, kept: Account) -> list[str]:
    """Take from the closed account what the other has too, and return it.

    An address of two accounts is a shared mailbox, which gets nobody a new password.
    """
    known = list(EmailAddress.objects.filter(account=kept).values_list("address_key", flat=True))
    shared = _safe_of(closed).filter(address_key__in=known)
    addresses = list(shared.values_list("address", flat=True))
    shared.delete()
    return addresses


def _move_addresses(closed: Account, kept: Account) -> list[str]:
    moving = _safe_of(closed)
    addresses = list(moving.values_list("address", flat=True))
    moving.update(account=kept, is_primary=False)
    return addresses


def _safe_of(account: Account) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(account=account, unsafe_since=None)


def _close(closed: Account, kept: Account, by: Actor) -> None:
    closed.status, closed.joined_into = Account.Status.CLOSED, kept
    closed.save(update_fields=["status", "joined_into"])
    closings.note_joined(account=closed)
    sessions.end_all(account=closed, reason=Session.EndReason.ACCOUNT_CLOSED, by=by)
    account_locked.send(Account, account=closed)
    account_joined.send(Account, closed=closed, kept=kept)
    into = {"into": str(kept.pk)}
    record(Event.ACCOUNT_CLOSED, by=by, about=About(account_id=closed.pk, detail=into))
    joined = About(account_id=kept.pk, object_kind="account", object_id=str(closed.pk))
    record(Event.ACCOUNT_JOINED, by=by, about=joined)
