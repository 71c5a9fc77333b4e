"""Reads what the console's first page shows."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account, Session, StaffRole
from accounts.staff import Permission, permitted
from accounts.staffing.keys.queries import of_account


@dataclass(frozen=True)
class Standing:
    """What somebody of the staff is there for, may do, and with how many keys."""

    roles: frozenset[str]
    permissions: frozenset[Permission]
    keys: int


def standing_of(account: Account) -> Standing:
    """Return how somebody of the staff stands now."""
    roles = frozenset(StaffRole.objects.filter(account=account).values_list("role", flat=True))
    return Standing(roles, permitted(roles), of_account(account).count())


def signed_in_before(session: Session) -> datetime | None:
    """Return when its owner signed in the time before this one."""
    rows = Session.objects.filter(account=session.account, signed_in_at__lt=session.signed_in_at)
    return rows.order_by("-signed_in_at").values_list("signed_in_at", flat=True).first()
