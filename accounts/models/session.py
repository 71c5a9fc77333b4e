"""One browser signed in."""

import uuid

from django.db import models

from accounts.assurance import Level
from accounts.models.account import Account


class Session(models.Model):
    """One browser signed in as one account, with how and when it was authenticated.

    The cookie's value is stored only as a keyed hash. `proofs` lists `{"method", "at"}` and, where
    there is one, `"authenticator"` (its id); the time in seconds since the epoch. `auth_time` is
    that of the first proof, as tokens tell it; `signed_in_at` that of the last one which the
    sign-in needed, from which it counts as fresh. A later step-up changes neither.
    """

    class EndReason(models.TextChoices):
        SIGNED_OUT = "signed_out"
        REPLACED = "replaced"
        PASSWORD_CHANGED = "password_changed"
        PASSWORD_RESET = "password_reset"
        ENDED_BY_OPERATOR = "ended_by_operator"
        ACCOUNT_SUSPENDED = "account_suspended"
        ENDED_BY_OWNER = "ended_by_owner"
        WAY_REMOVED = "way_removed"
        NOT_ME = "not_me"
        FROZEN = "frozen"
        RECOVERED = "recovered"
        ACCOUNT_CLOSED = "account_closed"
        LEFT_STAFF = "left_staff"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cookie_hash = models.CharField(max_length=80, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    proofs = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Level])
    auth_time = models.DateTimeField()
    signed_in_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    is_shared_device = models.BooleanField(default=False)
    started_on = models.CharField(max_length=60, blank=True, db_comment="kind of browser")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account"],
                condition=models.Q(ended_at=None),
                name="session_open_by_account",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
