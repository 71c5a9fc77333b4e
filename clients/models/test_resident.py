"""A made-up person whom an organisation tries its sandbox applications with."""

from django.db import models

from accounts.models import Account
from clients.models.organisation import Organisation


class TestResident(models.Model):
    """An account that only this organisation's sandbox applications know.

    Its password is encrypted, not hashed: the organisation's people read it to sign in as somebody
    who does not exist.
    """

    __test__ = False  # its name reads like a test's

    class Situation(models.TextChoices):
        ORDINARY = "ordinary"
        NO_PHONE = "no_phone"
        TWO_NAMES = "two_names"
        STOPPED_SHARING = "stopped_sharing"
        FROZEN = "frozen"
        UNDER_18 = "under_18"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="test_residents")
    account = models.OneToOneField(Account, models.PROTECT, related_name="test_resident")
    situation = models.CharField(max_length=20, choices=Situation)
    password = models.TextField(db_comment="encrypted")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "situation"], name="test_resident_once_a_situation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.situation}"
