"""A short code that lets staff see what happened, without saying to whom."""

from django.db import models

from accounts.models.outbound_message import OutboundMessage


class HelpCode(models.Model):
    """A code shown on a browser's pages (30 minutes) or in one mail (7 days).

    `steps` lists `{"at", "page", "reason"}`: URL names and named reasons only, newest last.
    """

    code = models.CharField(max_length=8, unique=True)
    browser_hash = models.CharField(max_length=80, blank=True, db_index=True)
    message = models.OneToOneField(
        OutboundMessage, models.CASCADE, null=True, related_name="help_code"
    )
    steps = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.code
