"""Whom a resident does not want to deal with here."""

from django.db import models

from accounts.models import Account
from clients.models import Application, Organisation


class Block(models.Model):
    """An account's refusal of one application, or of an organisation with all that it will have."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="blocks", db_index=False)
    application = models.ForeignKey(Application, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="block_application_or_organisation",
                condition=(
                    models.Q(application=None, organisation__isnull=False)
                    | models.Q(application__isnull=False, organisation=None)
                ),
            ),
            models.UniqueConstraint(
                fields=["account", "application"],
                condition=models.Q(organisation=None),
                name="block_application_once",
            ),
            models.UniqueConstraint(
                fields=["account", "organisation"],
                condition=models.Q(application=None),
                name="block_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
