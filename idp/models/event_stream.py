"""An application's stream of security events (OpenID Shared Signals Framework 1.0)."""

import uuid

from django.db import models

from accounts.models import Account
from clients.models import Application


class EventStream(models.Model):
    """What one application wants to hear of, and how it is told (SSF §8.1.1); one live each.

    `authorization_header` is what a push shows to the application's endpoint, encrypted, and empty
    where it wants none. `events_requested` is as the application sent it, unknown ones too;
    `events_delivered` the part of it that this provider sends. A paused stream keeps its events
    until their time is up; a disabled one has none, and gets none (§8.1.2.1). One that was deleted
    stays until `purge_expired`: what it carried is what residents are shown, and an event that is
    queued at this very moment must find its row.
    """

    class Method(models.TextChoices):
        PUSH = "urn:ietf:rfc:8935"
        POLL = "urn:ietf:rfc:8936"

    class Status(models.TextChoices):
        ENABLED = "enabled"
        PAUSED = "paused"
        DISABLED = "disabled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="event_streams")
    method = models.CharField(max_length=20, choices=Method)
    endpoint_url = models.CharField(max_length=2000, blank=True, db_comment="of a push stream")
    authorization_header = models.TextField(blank=True, db_comment="encrypted")
    events_requested = models.JSONField(default=list, db_comment="URIs of kinds of event")
    events_delivered = models.JSONField(default=list, db_comment="URIs of kinds of event")
    description = models.CharField(max_length=300, blank=True, db_comment="the application's own")
    status = models.CharField(max_length=10, choices=Status, default=Status.ENABLED)
    status_reason = models.CharField(
        max_length=300, blank=True, db_comment="the application's own, or why we changed it"
    )
    is_held = models.BooleanField(
        default=False, db_comment="stopped by an operator: its application cannot let it go on"
    )
    verification_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(ended_at=None),
                name="event_stream_one_live",
            ),
            models.CheckConstraint(
                name="event_stream_push_has_endpoint",
                condition=(
                    models.Q(method="urn:ietf:rfc:8935") & ~models.Q(endpoint_url="")
                    | models.Q(method="urn:ietf:rfc:8936", endpoint_url="", authorization_header="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RemovedSubject(models.Model):
    """An account that an application took out of its stream (SSF §8.1.3.3); adding it deletes this.

    Without one it hears of every account that it knows (`default_subjects` is ALL, §7.1).
    """

    stream = models.ForeignKey(
        EventStream, models.CASCADE, related_name="removed_subjects", db_index=False
    )
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    removed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "account"], name="removed_subject_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
