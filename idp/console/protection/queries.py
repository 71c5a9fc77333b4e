"""Reads which accounts are protected, and who may read how their owners are reached."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Account, Protection, ProtectionLead, StaffRole
from accounts.staff import Role


def may_see_contacts(staff: Account, account: Account) -> bool:
    """Say whether this member of staff may read addresses and numbers of the account's owner.

    Anybody may who sees the account at all; of a protected one only a lead who is named for it.
    """
    protection = in_force(account)
    return protection is None or is_lead_of(protection, staff)


def in_force(account: Account) -> Protection | None:
    """Return the account's protection if it has one now."""
    return _now().filter(account=account).first()


def is_lead_of(protection: Protection, staff: Account) -> bool:
    """Say whether this member of staff is named for it, and is still a support lead."""
    return leads_of(protection).filter(staff=staff).exists()


def leads_of(protection: Protection) -> QuerySet[ProtectionLead]:
    """Return those who are named for it and are still support leads, the first named first."""
    rows = ProtectionLead.objects.filter(protection=protection, staff__in=support_leads())
    return rows.select_related("staff").order_by("named_at", "pk")


def support_leads() -> QuerySet[Account]:
    """Return the staff accounts of support leads, by their names."""
    held = StaffRole.objects.filter(account=OuterRef("pk"), role=Role.SUPPORT_LEAD)
    rows = Account.objects.filter(Exists(held), status=Account.Status.ACTIVE)
    return rows.order_by("full_name", "pk")


def unprotected(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Return those accounts that are not protected now, for lists that staff make."""
    return accounts.filter(~Exists(_now().filter(account=OuterRef("pk"))))


def _now() -> QuerySet[Protection]:
    return Protection.objects.filter(Q(until=None) | Q(until__gt=timezone.now()))
