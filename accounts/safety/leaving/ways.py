"""Removing the ways to sign in that others could use."""

from typing import Final
from uuid import UUID

from accounts.assurance import authenticators_in
from accounts.audit.actor import Actor
from accounts.mfa.removal import remove
from accounts.mfa.rules import Removal
from accounts.models import Session
from accounts.safety.leaving.rules import NotDoneError, Refusal
from accounts.safety.leaving.steps import may_remove_ways

_REFUSALS: Final = {
    Removal.LAST_WAY: Refusal.NO_WAY_LEFT,
    Removal.TOO_NEW: Refusal.WAY_TOO_NEW,
}


def remove_ways(*, session: Session, chosen: list[str], by: Actor) -> None:
    """Remove the ways with these ids; in the caller's transaction.

    Raises:
        NotDoneError: nothing to sign in by would be left, or this session may not.
    """
    if chosen and not may_remove_ways(session):
        raise NotDoneError(Refusal.NOT_FOR_YOU)
    mine = authenticators_in(session.proofs)
    # What this session rests on goes last: without it the session may be over.
    for way in sorted((UUID(value) for value in chosen), key=lambda way: way in mine):
        outcome = remove(session=session, way_id=way, by=by)
        if outcome in _REFUSALS:
            raise NotDoneError(_REFUSALS[outcome])
