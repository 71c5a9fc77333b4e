"""The name under which one sector knows one account."""

from django.db import models

from accounts.models import Account
from accounts.security.tokens import random_token


class PairwiseSubject(models.Model):
    """A random `sub`, stored so that no change of settings can change it (OIDC Core §8.1)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="subjects")
    sector_identifier = models.CharField(max_length=255)
    subject = models.CharField(max_length=43, unique=True, default=random_token)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "sector_identifier"], name="pairwise_subject_one_a_sector"
            )
        ]

    def __str__(self) -> str:
        return self.subject
