"""Somebody who works for the council."""

from django.db import models

from accounts.models.account import Account


class StaffMember(models.Model):
    """Who of the council's staff a staff account belongs to, and where mail about it goes.

    No resident's address is kept here or compared with it by any page of theirs.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="staff_member"
    )
    work_email = models.CharField(max_length=254, db_comment="personal")
    work_email_key = models.CharField(max_length=254, db_comment="personal")
    team = models.CharField(max_length=100, blank=True, db_comment="personal: where they work")
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work_email_key"],
                condition=models.Q(left_at=None),
                name="staff_member_once_a_mailbox",
            )
        ]

    def __str__(self) -> str:
        return str(self.account_id)
