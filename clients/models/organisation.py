"""A partner, or the council itself."""

import uuid

from django.db import models


class Organisation(models.Model):
    """Who runs a service."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_council = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    # Empty is none: organisations that the council made itself are compared with, and free.
    name_key = models.CharField(  # noqa: DJ001
        max_length=240,
        null=True,
        unique=True,
        db_comment="the name as eyes see it, of an organisation that signed itself up",
    )
    council_owner_since = models.DateTimeField(
        null=True, db_comment="the council stands in as the second owner of a small organisation"
    )
    ownerless_since = models.DateTimeField(null=True, db_comment="its last owner is gone")

    def __str__(self) -> str:
        return self.slug
