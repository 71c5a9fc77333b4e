"""A code sent as a text message."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class TextCode(models.Model):
    """A queued text message with six digits, minted at sending and kept as a keyed hash.

    The hash is bound to the number too: a code is no good once the number has changed.
    """

    class Purpose(models.TextChoices):
        SECOND_STEP = "second_step"
        CONFIRM_NUMBER = "confirm_number"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="text_codes")
    purpose = models.CharField(max_length=20, choices=Purpose)
    number = models.CharField(max_length=20, db_comment="personal; E.164")
    browser_hash = models.CharField(
        max_length=80,
        blank=True,
        db_comment="that a second step's code was asked for in, and works in",
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)
    code_hash = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
