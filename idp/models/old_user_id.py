"""What a service called its users before they signed in here."""

from django.db import models

from accounts.models import Account
from clients.models import Application


class OldUserId(models.Model):
    """An old user id that an application registered, and once it was brought along: whose it is.

    Until then it is a keyed hash alone. `sealed` is the id itself, encrypted, for the application
    is given it back.
    """

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="old_user_ids", db_index=False
    )
    id_hash = models.CharField(max_length=80, db_comment="keyed, under a purpose of its own")
    registered_at = models.DateTimeField(auto_now_add=True)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="old_user_ids", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    sealed = models.TextField(
        blank=True, db_comment="personal: the id, encrypted; empty until somebody claimed it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "id_hash"], name="old_user_id_once"),
            models.CheckConstraint(
                name="old_user_id_claimed_as_a_whole",
                condition=(
                    models.Q(account=None, claimed_at=None, sealed="")
                    | models.Q(account__isnull=False, claimed_at__isnull=False, sealed__gt="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "application"],
                condition=models.Q(account__isnull=False),
                name="old_user_id_claimed",
            ),
            models.Index(
                fields=["registered_at"],
                condition=models.Q(account=None),
                name="old_user_id_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
