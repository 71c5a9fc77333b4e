"""A way back into an account that takes time."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class RecoveryRequest(models.Model):
    """One try to replace lost ways to sign in: what it rests on, and when it opens.

    Link and code that it is gone on with are kept as keyed hashes. Times are aware.
    """

    class Rung(models.TextChoices):
        """A rung of the ladder in `recovery/rules.py`."""

        KNOWN_PASSWORD = "known_password"
        POST = "post"
        COUNTER = "counter"

    class State(models.TextChoices):
        PROVING = "proving"
        WAITING = "waiting"
        PAUSED = "paused"
        DONE = "done"
        CANCELLED = "cancelled"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="recoveries")
    rung = models.CharField(max_length=20, choices=Rung)
    state = models.CharField(max_length=10, choices=State, default=State.PROVING)
    mailbox_key = models.CharField(
        max_length=254, blank=True, db_comment="personal; empty where a session began it"
    )
    started_on = models.CharField(max_length=60, blank=True, db_comment="kind of browser")
    started_at = models.DateTimeField(default=timezone.now)
    proofs = models.JSONField(default=list, db_comment="named proofs and their times only")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=80, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(
        null=True, db_comment="when whoever asked proved it again, to choose new ways"
    )
    opened_by_hash = models.CharField(max_length=80, blank=True, db_comment="the browser that did")
    told_middle_at = models.DateTimeField(null=True)
    told_end_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state__in=["waiting", "paused"]),
                name="recovery_request_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
