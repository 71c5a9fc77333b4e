"""What the council tells everybody about the service itself."""

from django.db import models

from accounts.models.account import Account


class ServiceNotice(models.Model):
    """One notice, from when until when; one that was taken down stays, for whoever read it."""

    text = models.CharField(max_length=300, db_comment="the council's, public")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    taken_down_at = models.DateTimeField(null=True)
    taken_down_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)
