"""A short record of a request to a protocol endpoint, for the application that it names."""

from django.db import models
from django.utils import timezone

from clients.models import Application

# Of the outcomes that are recorded, those that refuse nothing.
NOT_REFUSED = ("ok", "begun")


class RequestTrail(models.Model):
    """One request: what was asked where, and how it went; never a secret, code or token.

    `is_authenticated` is false for whatever only names the application: anybody can send that.
    `sent` is what the request gave for `parameter`, where a closed list says that it may be kept
    (`idp.trail.rules`). `grant_type` and `protected_by` are of requests that got tokens.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="trail")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    endpoint = models.CharField(max_length=30)
    duration = models.PositiveIntegerField(db_comment="microseconds")
    status = models.PositiveSmallIntegerField(db_comment="HTTP")
    outcome = models.CharField(
        max_length=50, db_comment="ok, begun, or the error code that was answered"
    )
    reason = models.CharField(max_length=80, blank=True)
    parameter = models.CharField(max_length=60, blank=True)
    sent = models.CharField(
        max_length=500, blank=True, db_comment="of a closed list of parameters, without secrets"
    )
    section = models.CharField(max_length=80, blank=True)
    help_code = models.CharField(max_length=9, blank=True)
    client_library = models.CharField(max_length=100, blank=True)
    grant_type = models.CharField(max_length=60, blank=True)
    protected_by = models.CharField(
        max_length=20, blank=True, db_comment="of a code's exchange: pkce, nonce, by spaces"
    )
    is_authenticated = models.BooleanField()
    is_refused = models.GeneratedField(
        expression=models.Case(
            models.When(outcome__in=NOT_REFUSED, then=models.Value(value=False)),
            default=models.Value(value=True),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["application", "-at", "-id"], name="request_trail_all"),
            models.Index(
                fields=["application", "endpoint", "-at", "-id"], name="request_trail_endpoint"
            ),
            models.Index(
                fields=["application", "is_refused", "-at", "-id"], name="request_trail_refused"
            ),
            models.Index(fields=["application", "help_code"], name="request_trail_help_code"),
            models.Index(
                fields=["application", "is_authenticated", "-at"], name="request_trail_newest"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RequestCount(models.Model):
    """How many requests of an hour an application proved to have sent, of one kind.

    Their trail's sums, so that figures of a busy application need not read each request.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="request_counts")
    hour = models.DateTimeField(db_index=True, db_comment="its first second")
    endpoint = models.CharField(max_length=30)
    is_refused = models.BooleanField()
    reason = models.CharField(max_length=80, blank=True, db_comment="of what was refused alone")
    is_sign_in = models.BooleanField()
    latency = models.PositiveSmallIntegerField(db_comment="milliseconds, one of a short list")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "application",
                    "hour",
                    "endpoint",
                    "is_refused",
                    "reason",
                    "is_sign_in",
                    "latency",
                ],
                name="request_count_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.hour:%Y-%m-%d %H}"


class TrailOverflow(models.Model):
    """How many requests of an hour an application's trail had no room for.

    Only such as anybody could have sent.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="trail_overflows")
    hour = models.DateTimeField(db_index=True, db_comment="its first second")
    left_out = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "hour"], name="trail_overflow_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.hour:%Y-%m-%d %H}"
