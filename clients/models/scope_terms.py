"""What residents were told of a scope, as it was at each time."""

from django.db import models

from clients.models.application import Application
from clients.models.application_scope import ApplicationScope


class ScopeTerms(models.Model):
    """One version of what an application says of a scope; written once, never changed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scope_terms")
    scope = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    lawful_basis = models.CharField(max_length=20, choices=ApplicationScope.LawfulBasis)
    purpose = models.CharField(max_length=300)
    retention = models.CharField(max_length=300, blank=True)
    privacy_notice = models.URLField(blank=True)
    notice_version = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "scope", "version"], name="scope_terms_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.scope} {self.version}"
