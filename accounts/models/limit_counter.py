"""How often something was tried in a window of time."""

from django.db import models


class LimitCounter(models.Model):
    """One count of one limit. `key` is a keyed hash: it may be made from an address."""

    key = models.CharField(primary_key=True, max_length=200)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
