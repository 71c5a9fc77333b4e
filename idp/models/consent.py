"""What a resident agreed to share with an application."""

import uuid

from django.db import models

from accounts.models import Account, EmailAddress
from clients.models import Application


class Consent(models.Model):
    """One agreement: scopes and claim names, never values. A new agreement supersedes the last.

    `declined_scopes` and `declined_claims` were asked for by choice and kept back: nobody is asked
    for them again, nor given them, while the agreement lasts. `terms` says which version of what
    the application told of each scope was read ({scope: version}, see `ScopeTerms`).
    """

    class Kind(models.TextChoices):
        """How a version came about.

        By an answer on the sharing page, told only (a first party), or by another choice on the
        account.
        """

        AGREED = "agreed"
        TOLD = "told"
        CHANGED = "changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="consents")
    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    scopes = models.JSONField()
    claims = models.JSONField()
    declined_scopes = models.JSONField(default=list)
    declined_claims = models.JSONField(default=list)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.AGREED)
    earlier = models.JSONField(
        default=dict,
        db_comment="{scope or claim: [kind, time]} of what was not agreed or told by this version",
    )
    terms = models.JSONField(default=dict)
    application_name = models.CharField(max_length=255, blank=True, db_comment="as it was shown")
    organisation_name = models.CharField(max_length=120, blank=True, db_comment="as it was shown")
    email = models.ForeignKey(
        EmailAddress,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_comment="the address to share; see chose_email where it is empty",
    )
    chose_email = models.BooleanField(
        default=False,
        db_comment="false: the main address is shared; true: the one in email, or none",
    )
    value_digests = models.JSONField(
        default=dict, db_comment="{claim: keyed digest of the value that was shown}"
    )
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    ended_with_account = models.BooleanField(
        default=False, db_comment="it was withdrawn because the account was closed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "application"],
                condition=models.Q(superseded_at=None, withdrawn_at=None),
                name="consent_one_current",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
