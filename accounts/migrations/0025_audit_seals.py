"""Seals of the audit log; a tombstone alone lets events go."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION accounts_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (
                SELECT 1 FROM accounts_audittombstone AS tombstone
                WHERE OLD.id <= tombstone.through_id AND (
                    OLD.id <= tombstone.after_id OR OLD.transaction_id < tombstone.to_position
                )
            ) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'audit events are append-only';
    END $$
    """,
    """
    CREATE FUNCTION accounts_auditseal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit seals are append-only';
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER accounts_{table}_append_only BEFORE UPDATE OR DELETE ON accounts_{table}
        FOR EACH ROW EXECUTE FUNCTION accounts_auditseal_refuse()
        """
        for table in ("auditseal", "audittombstone")
    ),
    *(
        f"""
        CREATE TRIGGER accounts_{table}_keep BEFORE TRUNCATE ON accounts_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION accounts_auditseal_refuse()
        """
        for table in ("auditseal", "audittombstone")
    ),
    """
    CREATE FUNCTION accounts_audittombstone_by_owner() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'only the owner of the audit log purges it'
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER accounts_audittombstone_owner BEFORE INSERT ON accounts_audittombstone
    FOR EACH ROW EXECUTE FUNCTION accounts_audittombstone_by_owner()
    """,
)
SQLITE = (
    "DROP TRIGGER accounts_auditevent_no_delete",
    """
    CREATE TRIGGER accounts_auditevent_no_delete BEFORE DELETE ON accounts_auditevent
    WHEN NOT EXISTS (SELECT 1 FROM accounts_audittombstone WHERE OLD.id < to_position)
    BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END
    """,
    *(
        f"""
        CREATE TRIGGER accounts_{table}_no_{verb.lower()} BEFORE {verb} ON accounts_{table}
        BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END
        """
        for table in ("auditseal", "audittombstone")
        for verb in ("UPDATE", "DELETE")
    ),
)


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_mail_about_api_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "after_id",
                    models.BigIntegerField(
                        db_comment="transactions are counted anew above this id, after a move to another server"
                    ),
                ),
                ("from_position", models.BigIntegerField()),
                ("to_position", models.BigIntegerField()),
                (
                    "next_position",
                    models.BigIntegerField(db_comment="the first that was not yet given away"),
                ),
                ("count", models.BigIntegerField()),
                ("first_id", models.BigIntegerField(null=True)),
                ("last_id", models.BigIntegerField(null=True)),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                (
                    "row_hashes",
                    models.TextField(
                        blank=True, db_comment="a line for each event: its id and SHA-256"
                    ),
                ),
                ("rows_hash", models.CharField(db_comment="SHA-256 of row_hashes", max_length=64)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=88)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AuditTombstone",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("first_seal", models.BigIntegerField()),
                ("last_seal", models.BigIntegerField()),
                ("last_seal_hash", models.CharField(max_length=64)),
                ("after_id", models.BigIntegerField(db_comment="of the last seal")),
                ("to_position", models.BigIntegerField(db_comment="of the last seal")),
                ("through_id", models.BigIntegerField(db_comment="the highest that was purged")),
                ("count", models.BigIntegerField()),
                ("purged_at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=20)),
                ("actor_id", models.CharField(blank=True, max_length=64)),
                ("key_id", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=88)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("transaction_id__gt", 0)),
                fields=["transaction_id", "id"],
                name="audit_event_by_transaction",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("help_code", ""), _negated=True),
                fields=["help_code"],
                name="audit_event_by_help_code",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("case_reference", ""), _negated=True),
                fields=["case_reference"],
                name="audit_event_by_case",
            ),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
