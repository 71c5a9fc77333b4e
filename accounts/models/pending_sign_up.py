"""A sign-up whose address is not yet confirmed, or whose account is not yet made."""

from django.db import models

from accounts.models.pending_sign_in import PendingSignIn
from accounts.security.tokens import random_token


class PendingSignUp(models.Model):
    """An address waiting to be confirmed by a mailed link or code, in the browser that asked.

    Whether somebody already has the address shows in the mail alone, never in this browser before
    it has confirmed.
    """

    id = models.CharField(primary_key=True, max_length=43, default=random_token)
    flow = models.ForeignKey(PendingSignIn, models.CASCADE, related_name="sign_ups")
    address = models.EmailField(max_length=254, db_comment="personal")
    address_key = models.CharField(max_length=254, db_index=True, db_comment="personal")
    started_on = models.CharField(
        max_length=60, db_comment="kind of browser, told to whoever reads the mail"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id
