"""A role of the council's is a staff account's alone."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_IS_NONE = (
    "EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND staff_since IS NULL)"
)
POSTGRESQL = (
    "DROP TRIGGER accounts_staffrole_no_test ON accounts_staffrole",
    "DROP FUNCTION accounts_staffrole_refuse_test()",
    f"""
    CREATE FUNCTION accounts_staffrole_refuse_others() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_IS_NONE} THEN
            RAISE EXCEPTION 'only staff have roles' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER accounts_staffrole_of_staff BEFORE INSERT OR UPDATE ON accounts_staffrole
    FOR EACH ROW EXECUTE FUNCTION accounts_staffrole_refuse_others()
    """,
)
SQLITE = (
    "DROP TRIGGER accounts_staffrole_no_test_insert",
    "DROP TRIGGER accounts_staffrole_no_test_update",
    *(
        f"""
        CREATE TRIGGER accounts_staffrole_of_staff_{verb.lower()} BEFORE {verb}
        ON accounts_staffrole WHEN {_IS_NONE}
        BEGIN SELECT RAISE(ABORT, 'only staff have roles'); END
        """
        for verb in ("INSERT", "UPDATE")
    ),
)


def take_from_residents(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the roles that residents' accounts have: their owners get staff accounts."""
    del schema_editor
    apps.get_model("accounts", "StaffRole").objects.filter(account__staff_since=None).delete()


def keep_to_staff(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers of the database in use in the place of those before."""
    del apps
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Keep roles to staff accounts in the database itself."""

    dependencies = [("accounts", "0027_staff_apart")]
    operations = [
        migrations.RunPython(take_from_residents, migrations.RunPython.noop),
        migrations.RunPython(keep_to_staff, migrations.RunPython.noop),
    ]
