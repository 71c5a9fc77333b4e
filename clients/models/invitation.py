"""Who is asked to look after an organisation's applications."""

import uuid

from django.db import models

from accounts.models import Account
from clients.models.member import Member
from clients.models.organisation import Organisation


class Invitation(models.Model):
    """One address asked to become a member; only whoever reads mail there may take it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    address = models.EmailField(max_length=254, db_comment="personal")
    address_key = models.CharField(max_length=254, db_comment="personal")
    role = models.CharField(max_length=10, choices=Member.Role)
    invited_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    mail = models.UUIDField(null=True, db_comment="the newest mail, whose link alone works")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, db_comment="taken or cancelled then")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address_key"],
                condition=models.Q(ended_at=None),
                name="invitation_one_open_an_address",
            )
        ]
        indexes = [
            models.Index(
                fields=["address_key"],
                condition=models.Q(ended_at=None),
                name="invitation_open_by_address",
            ),
            models.Index(fields=["mail"], name="invitation_by_mail"),
        ]

    def __str__(self) -> str:
        return str(self.id)
