"""A client secret that somebody else may have had."""

from django.db import models

from accounts.models import Account
from clients.models.application import Application


class SecretLeak(models.Model):
    """A case for the council: a secret leaked, was ended, and whom it may have touched.

    `residents` signed in to the application between `suspected_since` and the report.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="secret_leaks")
    reported_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    suspected_since = models.DateTimeField()
    residents = models.PositiveIntegerField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["reported_at"],
                condition=models.Q(answered_at=None),
                name="secret_leak_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
