"""A text message that tells something: what it is about, never what it says."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class TextMessage(models.Model):
    """A queued text message without a code."""

    class Kind(models.TextChoices):
        ACCOUNT_CLOSES = "account_closes"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    account = models.ForeignKey(Account, models.CASCADE, related_name="text_messages")
    number = models.CharField(max_length=20, db_comment="personal; E.164")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
