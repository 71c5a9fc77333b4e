"""No made-up person is a member of an organisation."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = (
    """
    CREATE FUNCTION clients_member_refuse_test() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND is_test) THEN
            RAISE EXCEPTION 'made-up people are members of nothing'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER clients_member_no_test BEFORE INSERT OR UPDATE ON clients_member
    FOR EACH ROW EXECUTE FUNCTION clients_member_refuse_test()
    """,
)
SQLITE = tuple(
    f"""
    CREATE TRIGGER clients_member_no_test_{verb.lower()} BEFORE {verb} ON clients_member
    WHEN EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND is_test)
    BEGIN SELECT RAISE(ABORT, 'made-up people are members of nothing'); END
    """  # noqa: S608 - the verbs stand below
    for verb in ("INSERT", "UPDATE")
)


def keep_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Keep made-up people out of organisations in the database itself."""

    dependencies = [("clients", "0009_members_and_test_residents")]
    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
