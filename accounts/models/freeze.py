"""A stop that an account's owner put on it."""

from django.db import models
from django.utils import timezone

from accounts.assurance import Level
from accounts.models.account import Account


class Freeze(models.Model):
    """One freeze: by whom, how strongly they had shown who they are, and when it ended."""

    class By(models.TextChoices):
        SESSION = "session"
        MAIL = "mail"
        OPERATOR = "operator"

    account = models.ForeignKey(Account, models.CASCADE, related_name="freezes")
    by = models.CharField(max_length=10, choices=By)
    mailbox_key = models.CharField(
        max_length=254, blank=True, db_comment="personal; the mailbox whose link was used"
    )
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name) for level in Level],
        db_comment="least level that unfreezes",
    )
    frozen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(ended_at=None),
                name="freeze_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
