"""Who looks after an organisation's applications."""

from django.db import models

from accounts.models import Account
from clients.models.organisation import Organisation


class Member(models.Model):
    """An account with a role in an organisation; triggers keep it off made-up accounts."""

    class Role(models.TextChoices):
        OWNER = "owner"
        DEVELOPER = "developer"
        VIEWER = "viewer"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account"], name="member_once_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.account_id} {self.role}"
