"""The account that one of the staff has as a resident."""

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class ColleagueAccount(models.Model):
    """Says whose of the staff a resident's account is, so that no colleague looks at it idly."""

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="colleague"
    )
    staff = models.ForeignKey(
        Account, models.CASCADE, related_name="own_accounts", db_comment="whose it is"
    )
    flagged_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.account_id)
