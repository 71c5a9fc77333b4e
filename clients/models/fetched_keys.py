"""The key set that was last fetched from an application's jwks_uri."""

from django.db import models

from clients.models.application import Application


class FetchedKeys(models.Model):
    """Public keys as last fetched, shared by all processes; read along with the application.

    `next_fetch_at` keeps an unknown `kid` from making us fetch at will: each fetch that brought
    nothing new doubles the wait.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="fetched_keys"
    )
    uri = models.CharField(max_length=2000, db_comment="from where: another one needs a new fetch")
    jwks = models.JSONField()
    fetched_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_fetch_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.application_id)
