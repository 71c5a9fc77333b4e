"""Something that an application has to be told, until it was told."""

import uuid

from django.db import models

from clients.models import Application


class Delivery(models.Model):
    """One logout token to deliver (OIDC Back-Channel Logout §2.5); signed anew at every try."""

    class State(models.TextChoices):
        QUEUED = "queued"
        DELIVERED = "delivered"
        REFUSED = "refused"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="deliveries")
    sid = models.CharField(max_length=43)
    subject = models.CharField(max_length=43)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True, db_comment="HTTP status of an answer")
    last_error = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "created_at"], name="delivery_by_subject"),
            models.Index(fields=["application", "-created_at", "-id"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
