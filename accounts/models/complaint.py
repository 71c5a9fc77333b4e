"""What a resident complains of, or asks to have put right."""

import uuid

from django.db import models

from accounts.models.account import Account


class Complaint(models.Model):
    """One complaint with the day by which it is answered; it outlives its account."""

    class Kind(models.TextChoices):
        USE = "use"
        WRONG = "wrong"
        SERVICE = "service"

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        PARTLY_UPHELD = "partly_upheld"
        NOT_UPHELD = "not_upheld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=8, unique=True, db_comment="to read out on the phone")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="complaints")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(db_comment="personal")
    made_at = models.DateTimeField()
    due_on = models.DateField(db_index=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, db_comment="personal")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code
