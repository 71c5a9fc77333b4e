"""What somebody of the council's staff is there for."""

from typing import TypeAlias

from django.db import models

from accounts import staff
from accounts.models.account import Account


class StaffRole(models.Model):
    """One role of a member of the council's staff; triggers keep it to staff accounts."""

    Role: TypeAlias = staff.Role

    class Source(models.TextChoices):
        HAND = "hand"
        DIRECTORY = "directory"

    account = models.ForeignKey(Account, models.CASCADE, related_name="staff_roles")
    role = models.CharField(
        max_length=20,
        choices=[(role.value, role.name.replace("_", " ").title()) for role in staff.Role],
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    source = models.CharField(
        max_length=10,
        choices=Source,
        default=Source.HAND,
        db_default=Source.HAND,
        db_comment="the directory takes what it gave, never what somebody gave by hand",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role"], name="staff_role_once_an_account")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
