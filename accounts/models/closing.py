"""The end of an account: asked for, come about, and past changing one's mind."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class AccountClosing(models.Model):
    """One closing: it waits until `closes_at`, and can be taken back until `reopen_until`.

    Neither `cancelled_at` nor `reopened_at` is ever set once it was purged.
    """

    class Reason(models.TextChoices):
        RESIDENT = "resident"
        OPERATOR = "operator"
        INACTIVE = "inactive"
        JOINED = "joined"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="closings")
    reason = models.CharField(max_length=10, choices=Reason)
    asked_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)
    reopen_until = models.DateTimeField(
        null=True, db_index=True, db_comment="what is personal is deleted then"
    )
    cancelled_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(cancelled_at=None, reopened_at=None),
                name="account_closing_one_at_a_time",
            ),
            models.CheckConstraint(
                name="account_closing_purged_for_good",
                condition=models.Q(purged_at=None)
                | models.Q(cancelled_at=None, reopened_at=None, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Inactivity(models.Model):
    """An account that nobody has used for years, and when its owner was told of it.

    `closes_at`: the day of which its owner was told at `announced_at`, if the clock may close it.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="inactivity")
    told_at = models.DateTimeField(default=timezone.now)
    told_again_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
