"""What was given out about an account."""

from django.db import models

from accounts.models import Account
from clients.models import Application
from idp.models.consent import Consent


class Disclosure(models.Model):
    """One row an agreement, endpoint, set of claims and day, counted; names, never values.

    `claims` are their names in order, separated by spaces; `day` is the clock's here.
    """

    class Endpoint(models.TextChoices):
        TOKEN = "token"
        USERINFO = "userinfo"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="+", db_index=False)
    endpoint = models.CharField(max_length=10, choices=Endpoint)
    claims = models.CharField(max_length=500)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "endpoint", "claims", "day"], name="disclosure_once_a_day"
            )
        ]
        indexes = [
            models.Index(
                fields=["account", "application", "-last_at", "-id"],
                name="disclosure_newest_first",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
