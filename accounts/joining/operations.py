"""Joining two accounts."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.joining import queries, rules
from accounts.joining.rules import Refusal
from accounts.models import Account, EmailAddress, PendingSignIn, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.sessions import operations as sessions
from accounts.signals import account_locked


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
    # Before anything moves, each where it is reached now.
    tell(account=closed, news=News.JOINED_AND_CLOSED)
    tell(account=kept, news=News.JOINED)
    if rules.addresses_move(*queries.levels(session, proof)):
        _move_addresses(closed, kept)
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


def _move_addresses(closed: Account, kept: Account) -> None:
    known = EmailAddress.objects.filter(account=kept).values_list("address_key", flat=True)
    moving = EmailAddress.objects.filter(account=closed, unsafe_since=None)
    moving.exclude(address_key__in=list(known)).update(account=kept, is_primary=False)


def _close(closed: Account, kept: Account, by: Actor) -> None:
    closed.status, closed.joined_into = Account.Status.CLOSED, kept
    closed.save(update_fields=["status", "joined_into"])
    sessions.end_all(account=closed, reason=Session.EndReason.ACCOUNT_CLOSED, by=by)
    account_locked.send(Account, account=closed)
    into = {"into": str(kept.pk)}
    record(Event.ACCOUNT_CLOSED, by=by, about=About(account_id=closed.pk, detail=into))
    joined = About(account_id=kept.pk, object_kind="account", object_id=str(closed.pk))
    record(Event.ACCOUNT_JOINED, by=by, about=joined)
