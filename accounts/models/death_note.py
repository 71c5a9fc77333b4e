"""What we were told of an owner's death."""

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class DeathNote(models.Model):
    """Holds an account, and all that we would send to its owner, while it is open.

    It is over at `undone_at`. At `lapses_at` it ends by itself: nobody has shown more than a call.
    """

    class Evidence(models.TextChoices):
        CERTIFICATE = "certificate"
        TELL_US_ONCE = "tell_us_once"
        REGISTRAR = "registrar"
        CALL = "call"

    account = models.ForeignKey(Account, models.CASCADE, related_name="death_notes")
    evidence = models.CharField(max_length=15, choices=Evidence)
    noted_at = models.DateTimeField(default=timezone.now)
    lapses_at = models.DateTimeField(null=True, db_index=True)
    was_suspended = models.BooleanField(
        default=False, db_comment="for another reason, which holds on when this is undone"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(undone_at=None),
                name="death_note_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.account_id)
