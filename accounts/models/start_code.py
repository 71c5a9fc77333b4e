"""A code on a printed sheet by which somebody begins an account alone, after our staff met them."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account
from accounts.models.pending_sign_in import PendingSignIn


class StartCode(models.Model):
    """Twelve characters on paper, kept as a keyed hash; good for one account, for days.

    With `evidence`, one of our staff saw papers with this name and date of birth: both are held
    until the code is used or void, and the sheet shows neither. `flow` is the sign-up in which the
    code was typed last. What it led to stands in the log alone: it lists no people.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(Account, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, db_comment="in which its staff member made it")
    asked_as = models.UUIDField(unique=True, db_comment="the form that asked: one sheet for each")
    case_reference = models.CharField(max_length=40, db_index=True)
    code_hash = models.CharField(max_length=80, unique=True)
    evidence = models.CharField(max_length=20, blank=True)
    full_name = models.CharField(max_length=200, blank=True, db_comment="personal")
    date_of_birth = models.DateField(null=True, db_comment="personal")
    flow = models.ForeignKey(PendingSignIn, models.SET_NULL, null=True, related_name="start_codes")
    tries = models.PositiveSmallIntegerField(default=0, db_comment="wrong dates of birth")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="start_code_person_only_while_good",
                condition=models.Q(used_at=None, cancelled_at=None)
                | models.Q(full_name="", date_of_birth=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
