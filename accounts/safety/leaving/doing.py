"""Doing all that was chosen in the guide, at once or not at all."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.freezing.operations import freeze_by_owner
from accounts.mfa.operations import lock
from accounts.mfa.queries import settled_level
from accounts.models import Account, Leaving, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.passwords.operations import set_password
from accounts.safety import cutting_off, operations
from accounts.safety.leaving import queries
from accounts.safety.leaving.reaching import change_channels
from accounts.safety.leaving.steps import Step
from accounts.safety.leaving.ways import remove_ways
from accounts.sessions import operations as sessions
from accounts.sessions.remembered import operations as remembered
from accounts.signals import credential_changed


@transaction.atomic
def finish(*, session: Session, leaving: Leaving, by: Actor) -> bool:
    """Do what was chosen; return whether this browser stays signed in.

    Whoever is to learn nothing is shut out first: what follows is told to those who are left.

    Raises:
        accounts.safety.leaving.rules.NotDoneError: something that must stay would be gone.
        accounts.sessions.operations.AccountChangedError: the session has ended meanwhile.
    """
    account = lock(session)
    row = queries.lock(leaving)
    if row.done_at is not None:
        return True
    change_channels(session=session, account=account, leaving=row, by=by)
    remove_ways(session=session, chosen=row.choices.get(Step.WAYS, []), by=by)
    _sign_out_elsewhere(session, account, row, by)
    _change_password(account, session, row, by)
    if Step.MAILS in row.choices:
        discreet = row.choices[Step.MAILS] == "yes"
        operations.set_discreet(account=account, discreet=discreet, by=by)
    cutting_off.recoveries(account, now=timezone.now())
    row.done_at = timezone.now()
    row.password = ""
    row.save(update_fields=["done_at", "password"])
    record(Event.LEAVING_DONE, by=by, about=About(account_id=account.pk, session_id=session.pk))
    return _stay(session, row, by)


def _sign_out_elsewhere(session: Session, account: Account, row: Leaving, by: Actor) -> None:
    chosen: list[str] = row.choices.get(Step.PLACES, [])
    for value in chosen:
        kind, _dash, place = value.partition("-")
        if kind == "device":
            remembered.forget(account=account, device=UUID(place), by=by)
            continue
        others = Session.objects.filter(account=account, pk=place).exclude(pk=session.pk)
        for other in others:
            sessions.end(session=other, reason=Session.EndReason.ENDED_BY_OWNER, by=by)
    if chosen:
        credential_changed.send(
            sender=Account, account=account, kept_session=session, offline_ends=True
        )
        tell(account=account, news=News.EVERYTHING_ENDED)


def _change_password(account: Account, session: Session, row: Leaving, by: Actor) -> None:
    if not row.password:
        return
    reason = Session.EndReason.PASSWORD_CHANGED
    strong = settled_level(account, session.proofs) > Level.ONE_FACTOR
    set_password(
        account=account,
        encoded=row.password,
        event=Event.PASSWORD_CHANGED,
        by=by,
        # As where it is changed by itself (`mfa.password`).
        from_mailbox=account.password_from_mailbox and not strong,
    )
    sessions.end_all(account=account, reason=reason, keep=session, by=by)
    remembered.forget_all(account=account, reason=reason, by=by)
    credential_changed.send(
        sender=Account, account=account, kept_session=session, offline_ends=True
    )
    tell(account=account, news=News.PASSWORD_CHANGED)


def _stay(session: Session, row: Leaving, by: Actor) -> bool:
    """Freeze the account, or sign out here, where that was chosen; say whether neither was."""
    if row.choices.get(Step.FREEZE) == "yes":
        freeze_by_owner(session=session, by=by)
        return False
    if row.choices.get(Step.DEVICE) == "no":
        sessions.end(session=session, reason=Session.EndReason.SIGNED_OUT, by=by)
        return False
    # It may have rested on nothing but a way that was removed.
    return Session.objects.filter(pk=session.pk, ended_at=None).exists()
