"""Made-up people stay made up, and no role of the council's is theirs."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = (
    """
    CREATE FUNCTION accounts_account_refuse_test_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'whether an account is made up is said at its creation'
            USING ERRCODE = 'check_violation';
    END $$
    """,
    """
    CREATE TRIGGER accounts_account_test_for_ever BEFORE UPDATE ON accounts_account FOR EACH ROW
    WHEN ((OLD.is_test, OLD.test_group) IS DISTINCT FROM (NEW.is_test, NEW.test_group))
    EXECUTE FUNCTION accounts_account_refuse_test_change()
    """,
    """
    CREATE FUNCTION accounts_staffrole_refuse_test() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND is_test) THEN
            RAISE EXCEPTION 'made-up people have no roles' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER accounts_staffrole_no_test BEFORE INSERT OR UPDATE ON accounts_staffrole
    FOR EACH ROW EXECUTE FUNCTION accounts_staffrole_refuse_test()
    """,
)
SQLITE = (
    """
    CREATE TRIGGER accounts_account_test_for_ever BEFORE UPDATE ON accounts_account
    WHEN OLD.is_test IS NOT NEW.is_test OR OLD.test_group IS NOT NEW.test_group
    BEGIN SELECT RAISE(ABORT, 'whether an account is made up is said at its creation'); END
    """,
    *(
        f"""
        CREATE TRIGGER accounts_staffrole_no_test_{verb.lower()} BEFORE {verb}
        ON accounts_staffrole
        WHEN EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND is_test)
        BEGIN SELECT RAISE(ABORT, 'made-up people have no roles'); END
        """  # noqa: S608 - the verbs stand below
        for verb in ("INSERT", "UPDATE")
    ),
)


def keep_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Keep made-up people and real ones apart in the database itself."""

    dependencies = [("accounts", "0015_test_groups_and_staff")]
    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
