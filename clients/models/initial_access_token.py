"""What lets a program register applications of an organisation (RFC 7591 §3)."""

from django.db import models

from clients.models.organisation import Organisation


class InitialAccessToken(models.Model):
    """A token made by an operator, by keyed hash, and the most that it lets anybody register.

    `scopes` is a list of what `ScopeWanted` says of each.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="initial_access_tokens"
    )
    token_hash = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=60, db_comment="as the operator named it")
    scopes = models.JSONField(default=list)
    grant_types = models.JSONField(default=list)
    pkce_may_be_optional = models.BooleanField(default=False)
    most_applications = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
