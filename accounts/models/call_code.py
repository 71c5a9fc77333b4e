"""A code by which a caller shows our staff that the account is theirs."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.outbound_message import OutboundMessage


class CallCode(models.Model):
    """Eight characters to read out on the phone, kept as a keyed hash; good once, for minutes.

    One that was mailed has its hash with its mail, because it is made while that is sent; it is
    good in the help session `asked_in` alone. One shown on the account's own page is good for this
    account in any.
    """

    class Purpose(models.TextChoices):
        MAILED = "mailed"
        SHOWN = "shown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="call_codes")
    purpose = models.CharField(max_length=10, choices=Purpose)
    message = models.OneToOneField(
        OutboundMessage, models.CASCADE, null=True, related_name="call_code"
    )
    asked_in = models.UUIDField(
        null=True, db_index=True, db_comment="help session that had it mailed"
    )
    code_hash = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)
