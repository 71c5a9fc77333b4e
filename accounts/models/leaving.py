"""A walk through the guide for when people who lived together part."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.outbound_message import OutboundMessage


class Leaving(models.Model):
    """What somebody chose in the guide, in one browser; none of it counts until `done_at`.

    `choices` maps the names of its steps to ids and words from the code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="leavings")
    browser_hash = models.CharField(max_length=80)
    choices = models.JSONField(default=dict)
    password = models.CharField(max_length=128, blank=True, db_comment="the hash of a new one")
    address = models.EmailField(
        max_length=254, blank=True, db_comment="personal; to be reached at from now on"
    )
    address_key = models.CharField(max_length=254, blank=True, db_comment="personal")
    message = models.ForeignKey(
        OutboundMessage, models.SET_NULL, null=True, db_comment="whose code confirms the address"
    )
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, db_comment="when the address was")
    started_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "browser_hash"],
                condition=models.Q(done_at=None),
                name="leaving_one_in_a_browser",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
