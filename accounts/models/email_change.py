"""A change of the addresses that an account is reached at."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class EmailChange(models.Model):
    """One change: what is wanted, who agreed to it, and until when the old address may object.

    Only one that is still open can go on. `expires_at` ends it; once it is done, the rights that
    the old address keeps.
    """

    class Kind(models.TextChoices):
        ADD = "add"
        REPLACE = "replace"
        MAKE_MAIN = "make_main"
        REMOVE = "remove"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="email_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.EmailField(
        max_length=254, blank=True, db_comment="personal; to be added or to be the main one"
    )
    address_key = models.CharField(max_length=254, blank=True, db_comment="personal")
    old_address = models.EmailField(
        max_length=254, blank=True, db_comment="personal; the main one before, or the one removed"
    )
    old_key = models.CharField(max_length=254, blank=True, db_comment="personal")
    changes_sign_in_name = models.BooleanField(
        default=False, db_comment="the old address is the sign-in name, and the new one is to be"
    )
    started_on = models.CharField(max_length=60, db_comment="kind of browser, told in mails")
    started_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, db_comment="at the new address")
    agreed_at = models.DateTimeField(null=True, db_comment="at the old address")
    opens_at = models.DateTimeField(
        null=True, db_comment="the old address cannot be read: it is not asked from then on"
    )
    by_staff = models.BooleanField(
        default=False, db_comment="two of the staff agreed to it: it comes about after its wait"
    )
    told_middle_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(
        null=True, db_comment="whoever reads the old address froze the account: staff look at it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="email_change_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
