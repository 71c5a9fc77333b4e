"""What shows that an organisation is who it says."""

import uuid

from django.db import models

from clients.models.organisation import Organisation


class OrganisationProof(models.Model):
    """A domain of the organisation's own, or its number in a public register."""

    class Kind(models.TextChoices):
        DOMAIN = "domain"
        CHARITY = "charity"
        COMPANY = "company"

    class State(models.TextChoices):
        """Lapsed: it stood once, and was not found for some days."""

        WAITING = "waiting"
        STANDING = "standing"
        LAPSED = "lapsed"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=253)
    token = models.CharField(
        max_length=64, blank=True, db_comment="what the domain's TXT record holds, for all to see"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True, db_comment="of the council's answer")
    given_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    missing_since = models.DateTimeField(null=True, db_comment="not found since then")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value"], name="organisation_proof_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["checked_at"],
                condition=models.Q(kind="domain", state="standing"),
                name="organisation_proof_domains",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.value}"
