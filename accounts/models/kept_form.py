"""What somebody typed into a form that came too late."""

from django.db import models

from accounts.models.account import Account
from accounts.security.tokens import random_token


class KeptForm(models.Model):
    """A form that came after its sign-in counted no more, until its owner has signed in again.

    Its id travels in the address of the form's page; only the same account in the same browser
    gets it back.
    """

    id = models.CharField(primary_key=True, max_length=43, default=random_token)
    account = models.ForeignKey(Account, models.CASCADE, related_name="kept_forms")
    browser_hash = models.CharField(max_length=80)
    typed = models.TextField(db_comment="personal; encrypted, with the page that it belongs to")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.id
