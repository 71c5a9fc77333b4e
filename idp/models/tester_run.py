"""A try of an application's sign-in, begun on its organisation's pages."""

from django.db import models

from accounts.security.tokens import random_token
from clients.models import Application


class TesterRun(models.Model):
    """One authorization request that a member of the organisation sends in their own browser.

    Its id is the last part of its redirect URI, which is good for this run alone. `sent` is what
    the address of the request holds. `returned` is what came back, with what the ID token says of
    a made-up person: neither codes nor tokens.
    """

    __test__ = False  # its name reads like a test's

    id = models.CharField(primary_key=True, max_length=43, default=random_token)
    application = models.ForeignKey(Application, models.CASCADE, related_name="tester_runs")
    browser_hash = models.CharField(max_length=80)
    verifier = models.TextField(blank=True, db_comment="of PKCE, encrypted; empty without it")
    sent = models.JSONField(default=dict)
    returned = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    returned_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
