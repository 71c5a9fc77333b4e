"""Reads help sessions, and who of the staff may look at whose account."""

from uuid import UUID

from django.utils import timezone

from accounts.models import Account, Session, StaffRole
from accounts.staff import Role
from idp.console.helping.finding import whose
from idp.console.helping.rules import Refusal, Stand, Tier, refusal_to_look
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


def why_closed(help_session: HelpSession) -> Refusal | None:
    """Return why its account may be looked at no more: it may have been noted as one's since."""
    account = help_session.account
    return why_not_look(account, by=help_session.staff) if account is not None else None


def why_not_look(account: Account, *, by: Account) -> Refusal | None:
    """Return why this member of staff may not look at the account now, or None if they may."""
    return refusal_to_look(whose(account, staff=by), is_lead=role_of(by) == Role.SUPPORT_LEAD)


def role_of(account: Account) -> str:
    """Return in which role somebody helps: as a lead if they are one."""
    rows = StaffRole.objects.filter(account=account, role__in=[Role.SUPPORT, Role.SUPPORT_LEAD])
    roles = set(rows.values_list("role", flat=True))
    return Role.SUPPORT_LEAD if Role.SUPPORT_LEAD in roles else Role.SUPPORT


def open_case(session: Session) -> HelpSession | None:
    """Return the help session that is open in this sign-in of staff."""
    rows = HelpSession.objects.filter(signed_in=session, ended_at=None)
    return rows.filter(expires_at__gt=timezone.now()).first()
