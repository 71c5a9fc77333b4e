"""Reads roles of staff."""

from django.db.models import QuerySet

from accounts.models import Account, StaffRole


def listed() -> QuerySet[StaffRole]:
    """Return every role by role and name, each with its account."""
    rows = StaffRole.objects.select_related("account")
    return rows.order_by("role", "account__sign_in_key")


def has(account: Account, role: StaffRole.Role) -> bool:
    """Say whether the account's owner has the role now."""
    return StaffRole.objects.filter(account=account, role=role).exists()


def is_of_council(account: Account) -> bool:
    """Say whether the account's owner has any role of staff, and can sign in."""
    return account.is_active and StaffRole.objects.filter(account=account).exists()


def holders(role: StaffRole.Role) -> QuerySet[Account]:
    """Return the active accounts whose owners have the role."""
    rows = Account.objects.filter(staff_roles__role=role, status=Account.Status.ACTIVE)
    return rows.order_by("pk")
