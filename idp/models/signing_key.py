"""A key that signs tokens."""

from django.db import models


class SigningKey(models.Model):
    """A signing key, its private half encrypted at rest.

    next: published, not yet signing; active: signing; retired: published until all it signed
    expired; revoked: nothing it signed is accepted.
    """

    class State(models.TextChoices):
        NEXT = "next"
        ACTIVE = "active"
        RETIRED = "retired"
        REVOKED = "revoked"

    kid = models.CharField(primary_key=True, max_length=43, db_comment="RFC 7638 thumbprint")
    algorithm = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State)
    private_key = models.TextField(db_comment="key id:ciphertext of PKCS #8 DER")
    public_jwk = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"],
                condition=models.Q(state="active"),
                name="signing_key_one_active",
            ),
            models.UniqueConstraint(
                fields=["algorithm"],
                condition=models.Q(state="next"),
                name="signing_key_one_next",
            ),
        ]

    def __str__(self) -> str:
        return self.kid
