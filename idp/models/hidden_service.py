"""A service that a resident keeps out of sight."""

from django.db import models
from django.utils import timezone

from accounts.models import Account
from clients.models import Application


class HiddenService(models.Model):
    """One service that one account's pages and mails leave out, as if the council had marked it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="hidden_services")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    hidden_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "application"], name="hidden_service_once_an_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.application_id}"
