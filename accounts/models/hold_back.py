"""Looks at an account that its owner learns of only later."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class HoldBack(models.Model):
    """Asked for by one of the staff, in force once another, of the other kind, has agreed.

    Looks from `since` on are kept from the owner until `until` or `ended_at`; changes never are.
    Renewed by another row, which begins where this one did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="hold_backs")
    case_reference = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, db_comment="refused, or ended before its day")

    def __str__(self) -> str:
        return self.case_reference
