"""A resident's wish that a service erase what it has of them."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models import AccountClosing
from clients.models import Application


class ErasureRequest(models.Model):
    """One service, asked when the account closes; nothing is sent while the closing waits."""

    class State(models.TextChoices):
        """How far it is; by hand: the service takes no messages, its owner must ask it."""

        CHOSEN = "chosen"
        SENT = "sent"
        BY_HAND = "by_hand"
        ANSWERED = "answered"

    class Answer(models.TextChoices):
        ERASED = "erased"
        PARTLY = "partly"
        KEPT = "kept"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closing = models.ForeignKey(AccountClosing, models.CASCADE, related_name="erasure_requests")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.CHOSEN)
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "application"], name="erasure_request_once_a_service"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
