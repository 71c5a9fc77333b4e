"""One thing that one application is told of one account (RFC 8417)."""

import uuid

from django.db import models

from accounts.models import Account
from idp.models.event_stream import EventStream


class SecurityEvent(models.Model):
    """A security event until it was taken; its token is signed anew at each try, its id the `jti`.

    `subject` is the name under which the application knows the account, empty where the stream
    itself is the subject (verification, stream-updated); `account` is empty then too. `body` is the
    object under the event's URI and names nobody. `txn` joins what one act caused in one stream: it
    is never the same in two, or their applications could tell that they know the same person.

    Queued ones are pushed by the worker, or wait to be fetched, until `expires_at`: the replay
    window. `tries` counts what was sent, or handed out to a poll, without an acknowledgement.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        # Answered 202 (RFC 8935 §2.2), or acknowledged by a poll (RFC 8936 §2.4).
        DELIVERED = "delivered"
        # The application answered that it will not have it (RFC 8935 §2.3, `setErrs`).
        REFUSED = "refused"
        # Its time was up before anybody took it.
        EXPIRED = "expired"
        # Its stream was disabled or deleted.
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.ForeignKey(EventStream, models.CASCADE, related_name="events")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=43, blank=True)
    sid = models.CharField(
        max_length=43, blank=True, db_comment="of the session that it is about, if of one"
    )
    event_type = models.CharField(max_length=120, db_comment="URI of the kind of event")
    body = models.JSONField(default=dict, db_comment="names nobody")
    txn = models.UUIDField(default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True, db_comment="HTTP status of an answer")
    last_error = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["stream", "-created_at", "-id"], name="security_event_newest"),
            # What to hand out, or to push, next: in order, what was never sent first.
            models.Index(
                fields=["stream", "tries", "created_at"],
                condition=models.Q(state="queued"),
                name="security_event_waiting",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="queued"),
                name="security_event_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
