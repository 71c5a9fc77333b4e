"""One fact, append-only."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class CurrentTransaction(models.Func):
    """The number of the running transaction, by which a sealer knows which rows are settled.

    PostgreSQL hands out row ids out of commit order; SQLite has one writer, so the row id does
    and this is 0.
    """

    output_field = models.BigIntegerField()
    arity = 0

    template = "0"

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Compile for PostgreSQL, where the number never wraps (xid8)."""
        return self.as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)")


class AuditEvent(models.Model):
    """One fact: who did what to whom, through what. Ids and enums only, no foreign keys.

    Triggers refuse UPDATE and DELETE, so that a change needs the database owner's own hand; what a
    tombstone covers may be deleted.
    """

    id = models.BigAutoField(primary_key=True)
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction())
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64, blank=True)
    account_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    application_id = models.CharField(max_length=64, blank=True)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict, db_comment="ids, enums and counts only")
    help_code = models.CharField(max_length=8, blank=True)
    case_reference = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "at"], name="audit_event_by_account"),
            models.Index(fields=["application_id", "at"], name="audit_event_by_application"),
            models.Index(fields=["event", "at"], name="audit_event_by_event"),
            models.Index(
                fields=["actor_id", "at"],
                condition=~models.Q(actor_id=""),
                name="audit_event_by_actor",
            ),
            # By event too: what its members did is little beside what residents did there.
            models.Index(
                fields=["organisation_id", "event", "at"],
                condition=~models.Q(organisation_id=None),
                name="audit_event_of_organisation",
            ),
            # For the sealer; empty on SQLite, which goes by ids.
            models.Index(
                fields=["transaction_id", "id"],
                condition=models.Q(transaction_id__gt=0),
                name="audit_event_by_transaction",
            ),
            models.Index(
                fields=["help_code"],
                condition=~models.Q(help_code=""),
                name="audit_event_by_help_code",
            ),
            models.Index(
                fields=["case_reference"],
                condition=~models.Q(case_reference=""),
                name="audit_event_by_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.event}"
