"""What one of the staff asks for on somebody's account, and another must agree to."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models import Account, EmailChange, RecoveryRequest
from idp.models.help_session import HelpSession


class StaffRequest(models.Model):
    """One act that needs a second person: who asked, by when it should be decided, what became.

    It waits while `outcome` is empty, and until `expires_at` at most. `recovery` and `email_change`
    are the waits that an agreed one began. What stops it meanwhile, as an asker who left, is looked
    at when it is read.
    """

    class Act(models.TextChoices):
        RESET_WAYS = "reset_ways"
        APPEAL = "appeal"
        CHANGE_EMAIL = "change_email"

    class Outcome(models.TextChoices):
        AGREED = "agreed"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.CharField(max_length=20, choices=Act)
    account = models.ForeignKey(Account, models.CASCADE, related_name="staff_requests")
    asked_by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    help_session = models.ForeignKey(HelpSession, models.SET_NULL, null=True, related_name="+")
    case_reference = models.CharField(max_length=40)
    tier = models.PositiveSmallIntegerField()
    known_by = models.CharField(max_length=15, blank=True)
    others = models.JSONField(default=list, db_comment="who else was there while they helped")
    channel = models.CharField(max_length=10, choices=HelpSession.Channel, blank=True)
    called_back_at = models.DateTimeField(null=True)
    evidence = models.JSONField(
        default=list, db_comment="kinds of what the asker saw or heard, never what stands there"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=20, blank=True, db_comment="why it was decided so")
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    new_address = models.EmailField(
        max_length=254, blank=True, db_comment="personal; emptied once it is decided or over"
    )
    email_change = models.ForeignKey(EmailChange, models.SET_NULL, null=True, related_name="+")
    recovery = models.ForeignKey(RecoveryRequest, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "act"],
                condition=models.Q(outcome=""),
                name="staff_request_waits_once",
            ),
            models.CheckConstraint(
                name="staff_request_never_by_one_alone",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.case_reference}"
