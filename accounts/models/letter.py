"""A letter to print and post: what it is about, never what it says."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.authenticator import Authenticator
from accounts.models.recovery_request import RecoveryRequest


class Letter(models.Model):
    """A queued letter. Codes in it are minted while it is written and kept only as keyed hashes."""

    class Kind(models.TextChoices):
        RECOVERY_CODE = "recovery_code"
        CODE_SHEET = "code_sheet"
        ACCOUNT_CLOSES = "account_closes"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    account = models.ForeignKey(Account, models.CASCADE, related_name="letters")
    recovery = models.ForeignKey(RecoveryRequest, models.CASCADE, null=True, related_name="letters")
    authenticator = models.ForeignKey(
        Authenticator, models.CASCADE, null=True, related_name="letters"
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
