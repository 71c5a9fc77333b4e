"""An account whose owner must not be found."""

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class Protection(models.Model):
    """Says that only the leads named beside it may read how the account's owner is reached.

    Its owner may have fled somebody who knows, or is, one of the staff. It ends at `until`, if that
    is set, or with its row.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="protection"
    )
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account_id)


class ProtectionLead(models.Model):
    """One of the staff who may read how a protected account's owner is reached."""

    protection = models.ForeignKey(Protection, models.CASCADE, related_name="leads")
    staff = models.ForeignKey(Account, models.CASCADE, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protection", "staff"], name="protection_lead_once")
        ]

    def __str__(self) -> str:
        return str(self.staff_id)
