"""What residents see of the council, version by version."""

from django.db import models

from accounts.models.account import Account


class CouncilDetails(models.Model):
    """One version of the council's name, colours and contacts; the highest number counts.

    Never changed: an earlier one that is put back becomes a new one. Two people who publish the
    same number collide in the database, so neither overwrites the other.
    """

    number = models.PositiveIntegerField(primary_key=True)
    values = models.JSONField(db_comment="by accounts.council.rules.Detail: the council's, public")
    put_back = models.PositiveIntegerField(null=True, db_comment="the number that it repeats")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.number)
