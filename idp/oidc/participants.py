"""Which applications take part in a session, each under a `sid` of its own.

OIDC Front-Channel Logout §3, Back-Channel Logout §2.1: the session's own id never leaves us.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from accounts.models import Session
from clients.models import Application
from idp.models import Participant


def find(session: Session, application: Application) -> Participant | None:
    """Return the application's part in the session, also one that was signed out alone."""
    return Participant.objects.filter(session=session, application=application).first()


def by_sid(sid: str, session: Session) -> Participant | None:
    """Return the part with this `sid` that is in use in this session."""
    rows = Participant.objects.select_related("application__organisation")
    return rows.filter(sid=sid, session=session, signed_out_at=None).first()


@transaction.atomic
def take_part(*, session: Session, application: Application) -> Participant:
    """Let the application take part, again if it was signed out alone."""
    participant, _ = Participant.objects.get_or_create(session=session, application=application)
    if participant.signed_out_at is not None:
        participant.signed_out_at = None
        participant.save(update_fields=["signed_out_at"])
    participant.session = session
    return participant


@transaction.atomic
def move(*, to: Session, sessions: Collection[UUID]) -> None:
    """Move all parts to the session that replaces these: same browser, same account, new sign-in.

    `sid` stays: to the application it is the same session.
    """
    already = Participant.objects.filter(session=to).values("application")
    moving = Participant.objects.filter(session__in=sessions).exclude(application__in=already)
    moving.update(session=to)
