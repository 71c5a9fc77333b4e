"""What lets a program act for an organisation at the partners' API."""

from django.db import models

from accounts.models import Account
from clients.models.member import Member
from clients.models.organisation import Organisation


class ApiToken(models.Model):
    """A token of an organisation, by keyed hash; it may do what members of its role may.

    It lives no longer than the right of whoever made it to make one. `acts_on_live`: it may also do
    to live applications what takes two factors on the pages; its maker signed in so to allow it.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="api_tokens")
    token_hash = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=100, db_comment="as its maker named it")
    role = models.CharField(max_length=10, choices=Member.Role)
    acts_on_live = models.BooleanField(default=False)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True, db_comment="a day is enough to see what is in use")

    def __str__(self) -> str:
        return self.name
