"""What proves the audit log: seals over its events, and tombstones over what was purged."""

from django.db import models


class AuditSeal(models.Model):
    """A signature over events of finished transactions, chained to the seal before.

    It covers the events above the id `after_id` whose position lies from `from_position` to just
    below `to_position`; the position is the number of the transaction, on SQLite the event's id.
    Triggers refuse UPDATE and DELETE.
    """

    number = models.BigIntegerField(primary_key=True)
    after_id = models.BigIntegerField(
        db_comment="transactions are counted anew above this id, after a move to another server"
    )
    from_position = models.BigIntegerField()
    to_position = models.BigIntegerField()
    next_position = models.BigIntegerField(db_comment="the first that was not yet given away")
    count = models.BigIntegerField()
    first_id = models.BigIntegerField(null=True)
    last_id = models.BigIntegerField(null=True)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    row_hashes = models.TextField(
        db_comment="a line for each event: its id and SHA-256", blank=True
    )
    rows_hash = models.CharField(max_length=64, db_comment="SHA-256 of row_hashes")
    previous_hash = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class AuditTombstone(models.Model):
    """Says who purged the events of which seals; the seals themselves stay.

    On PostgreSQL only the owner of the table may insert one, and without one a trigger refuses to
    delete any event. Triggers refuse UPDATE and DELETE.
    """

    number = models.BigIntegerField(primary_key=True)
    first_seal = models.BigIntegerField()
    last_seal = models.BigIntegerField()
    last_seal_hash = models.CharField(max_length=64)
    after_id = models.BigIntegerField(db_comment="of the last seal")
    to_position = models.BigIntegerField(db_comment="of the last seal")
    through_id = models.BigIntegerField(db_comment="the highest that was purged")
    count = models.BigIntegerField()
    purged_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.first_seal}-{self.last_seal}"
