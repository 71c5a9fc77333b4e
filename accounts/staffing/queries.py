"""Reads roles of staff and what they permit."""

from django.db.models import QuerySet

from accounts.models import Account, StaffRole
from accounts.staff import Permission, permitted


def has(account: Account, role: StaffRole.Role) -> bool:
    """Say whether the account's owner has the role now."""
    return StaffRole.objects.filter(account=account, role=role).exists()


def is_of_council(account: Account) -> bool:
    """Say whether the account's owner has any role of staff, and can sign in."""
    return account.is_active and StaffRole.objects.filter(account=account).exists()


def holders(role: StaffRole.Role) -> QuerySet[Account]:
    """Return the active accounts whose owners have the role, each with where they work."""
    rows = Account.objects.filter(staff_roles__role=role, status=Account.Status.ACTIVE)
    rows = rows.select_related("staff_member")
    return rows.order_by("pk")


def permissions_of(account: Account) -> frozenset[Permission]:
    """Return all that the account's owner may do now, by any role."""
    return permitted(StaffRole.objects.filter(account=account).values_list("role", flat=True))
