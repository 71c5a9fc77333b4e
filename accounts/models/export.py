"""A copy of everything held about an account, for its owner to download."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class Export(models.Model):
    """One copy that was asked for: how far it is, and until when it can be downloaded.

    Only what the last worker wrote that took it up (`attempt`) belongs to it.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        PREPARING = "preparing"
        READY = "ready"
        FAILED = "failed"

    class Failure(models.TextChoices):
        """Why there is none: our fault, more than we can hand over, or the account stopped."""

        FAULT = "fault"
        TOO_LARGE = "too_large"
        ACCOUNT_STOPPED = "account_stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="exports")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    failure = models.CharField(max_length=20, choices=Failure, blank=True)
    includes_private = models.BooleanField(
        default=False, db_comment="services that are kept out of sight are in it too"
    )
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts_all = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    json_size = models.PositiveBigIntegerField(default=0, db_comment="bytes, as downloaded")
    page_size = models.PositiveBigIntegerField(default=0, db_comment="bytes, as downloaded")
    asked_at = models.DateTimeField(default=timezone.now)
    worked_at = models.DateTimeField(
        null=True, db_comment="when a worker last said how far it is: long ago means that it died"
    )
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state__in=["asked", "preparing"]),
                name="export_one_under_way",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ExportChunk(models.Model):
    """A piece of one of a copy's two documents, in order."""

    class Document(models.TextChoices):
        JSON = "json"
        PAGE = "page"

    export = models.ForeignKey(Export, models.CASCADE, related_name="chunks", db_index=False)
    attempt = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=10, choices=Document)
    number = models.PositiveIntegerField()
    content = models.TextField(db_comment="personal; compressed and encrypted")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["export", "attempt", "document", "number"], name="export_chunk_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.export_id} {self.document} {self.number}"
