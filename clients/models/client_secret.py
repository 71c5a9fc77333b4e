"""A generated secret of an application."""

from django.db import models

from clients.models.application import Application


class ClientSecret(models.Model):
    """A machine-made secret, stored as a keyed hash.

    It has 256 random bits, so a slow password hash would protect nothing and would cost 200 ms a
    token request.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="secrets")
    secret_hash = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    told_days_before = models.PositiveSmallIntegerField(
        null=True, db_comment="how many days before its end the last notice of that went out"
    )

    def __str__(self) -> str:
        return str(self.pk)
