"""A JWT of an application that may be used once."""

from django.db import models

from clients.models import Application


class UsedJti(models.Model):
    """The `jti` of a client assertion or DPoP proof that was accepted, kept until it expires."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    jti_hash = models.CharField(max_length=64, db_comment="SHA-256, so that any length fits")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "jti_hash"], name="used_jti_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
