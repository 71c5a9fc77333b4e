"""What an application may ask residents to share."""

from django.db import models

from clients.models.application import Application


class ApplicationScope(models.Model):
    """A scope the application may ask for: why, and on which lawful basis.

    What residents are told of it is kept by `version` as `ScopeTerms`; these are the terms now.
    """

    class LawfulBasis(models.TextChoices):
        PUBLIC_TASK = "public_task"
        CONSENT = "consent"
        CONTRACT = "contract"
        LEGAL_OBLIGATION = "legal_obligation"

    application = models.ForeignKey(Application, models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=60)
    lawful_basis = models.CharField(max_length=20, choices=LawfulBasis)
    purpose = models.CharField(max_length=300)
    retention = models.CharField(
        max_length=300, blank=True, db_comment="what the service keeps of it, how long and why"
    )
    privacy_notice = models.URLField(blank=True, db_comment="empty: the application's own")
    notice_version = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "scope"], name="application_scope_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.scope}"

    @property
    def is_optional(self) -> bool:
        """Whether residents may keep it back; never who signs in: nobody would be signed in."""
        return self.lawful_basis == self.LawfulBasis.CONSENT and self.scope != "openid"
