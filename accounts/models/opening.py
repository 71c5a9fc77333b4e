"""Whether residents may create accounts yet."""

from django.db import models

from accounts.models.account import Account


class Opening(models.Model):
    """One turn of the switch; the newest counts. While it is closed, `opens_on` is announced."""

    is_open = models.BooleanField()
    opens_on = models.DateField(null=True)
    turned_at = models.DateTimeField()
    turned_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.turned_at:%F} {'open' if self.is_open else 'closed'}"
