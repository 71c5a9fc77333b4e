"""None of the staff is a member of an organisation by their staff account."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_IS_STAFFS = (
    "EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND staff_since IS NOT NULL)"
)
POSTGRESQL = (
    f"""
    CREATE FUNCTION clients_member_refuse_staff() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_IS_STAFFS} THEN
            RAISE EXCEPTION 'staff accounts are members of nothing'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER clients_member_no_staff BEFORE INSERT OR UPDATE ON clients_member
    FOR EACH ROW EXECUTE FUNCTION clients_member_refuse_staff()
    """,
)
SQLITE = tuple(
    f"""
    CREATE TRIGGER clients_member_no_staff_{verb.lower()} BEFORE {verb} ON clients_member
    WHEN {_IS_STAFFS}
    BEGIN SELECT RAISE(ABORT, 'staff accounts are members of nothing'); END
    """
    for verb in ("INSERT", "UPDATE")
)


def keep_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Keep staff accounts out of organisations in the database itself.

    Whoever of the staff is a member too is so by their account as a resident, which signs nothing
    off.
    """

    dependencies = [
        ("accounts", "0028_roles_of_staff_alone"),
        ("clients", "0018_read_notices_and_sign_offs_set_aside"),
    ]
    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
