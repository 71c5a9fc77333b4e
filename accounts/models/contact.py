"""Where an account's owner can be reached besides by mail."""

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class Phone(models.Model):
    """A phone number: self-stated until its owner confirmed it by a code in a text message."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="phone")
    number = models.CharField(max_length=20, db_comment="personal; E.164")
    confirmed_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    unsafe_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)


class PostalAddress(models.Model):
    """Where its owner says they live, or that they have no fixed address."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="postal_address")
    lines = models.CharField(
        max_length=500, blank=True, db_comment="personal; divided by line feeds"
    )
    postcode = models.CharField(max_length=8, blank=True, db_comment="personal")
    uprn = models.CharField(max_length=12, blank=True, db_comment="personal; from the look-up")
    no_fixed_address = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True, db_comment="by the council; else self-stated")
    unsafe_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)
