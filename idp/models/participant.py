"""An application that took part in a session."""

from django.db import models

from accounts.models import Session
from accounts.security.tokens import random_token
from clients.models import Application


class Participant(models.Model):
    """One application in one session, under a `sid` that tells other applications nothing.

    `signed_out_at` is set when the resident signed out of this service alone: it must ask again.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="participants")
    application = models.ForeignKey(Application, models.CASCADE)
    sid = models.CharField(max_length=43, unique=True, default=random_token)
    created_at = models.DateTimeField(auto_now_add=True)
    signed_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "application"], name="participant_once_a_session"
            )
        ]

    def __str__(self) -> str:
        return self.sid
