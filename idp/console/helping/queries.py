"""Reads help sessions."""

from uuid import UUID

from accounts.models import Session
from idp.console.helping.rules import Stand, Tier
from idp.models import HelpSession


def of_sign_in(signed_in: Session, help_id: UUID) -> HelpSession | None:
    """Return the help session of this id if it was begun in this sign-in."""
    rows = HelpSession.objects.select_related("account", "help_code__message", "staff")
    return rows.filter(pk=help_id, signed_in=signed_in).first()


def stand_of(help_session: HelpSession) -> Stand:
    """Return what decides which of its pages open."""
    return Stand(
        ends_at=help_session.expires_at,
        is_ended=help_session.ended_at is not None,
        tier=Tier(help_session.tier),
        has_account=help_session.account_id is not None,
    )
