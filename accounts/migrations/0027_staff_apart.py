"""Staff stay staff, and what is theirs is nobody else's."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_STAFF = "EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND staff_since {})"
# Table, name, what may not be, and in which words it is refused.
RULES = (
    (
        "accounts_account",
        "staff_fit",
        "NEW.staff_since IS NOT NULL AND (NEW.is_test OR substr(NEW.password, 1, 1) <> '!')",
        "staff are real and have no password",
    ),
    (
        "accounts_emailaddress",
        "no_staff",
        _STAFF.format("IS NOT NULL"),
        "an account of staff has no address of a resident",
    ),
    (
        "accounts_authenticator",
        "staff_keys",
        "NEW.kind <> 'passkey' AND " + _STAFF.format("IS NOT NULL"),
        "staff sign in by passkeys alone",
    ),
    (
        "accounts_staffmember",
        "is_staff",
        _STAFF.format("IS NULL"),
        "an account is of the staff from its creation",
    ),
)
FOR_EVER = "whether an account is of the staff is said at its creation"


def _function(table: str, name: str, words: str) -> str:
    return f"""
    CREATE FUNCTION {table}_refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
    END $$
    """


def _checked(table: str, name: str, condition: str, words: str) -> list[str]:
    # A trigger's WHEN can ask no other table there, its body can.
    return [
        f"""
        CREATE FUNCTION {table}_refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"""
        CREATE TRIGGER {table}_{name} BEFORE INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse_{name}()
        """,
    ]


def _postgresql() -> list[str]:
    table, name = "accounts_account", "staff_for_ever"
    return [
        _function(table, name, FOR_EVER),
        f"""
        CREATE TRIGGER {table}_{name} BEFORE UPDATE ON {table} FOR EACH ROW
        WHEN (OLD.staff_since IS DISTINCT FROM NEW.staff_since)
        EXECUTE FUNCTION {table}_refuse_{name}()
        """,
        *(statement for rule in RULES for statement in _checked(*rule)),
    ]


def _sqlite() -> list[str]:
    return [
        f"""
        CREATE TRIGGER accounts_account_staff_for_ever BEFORE UPDATE ON accounts_account
        WHEN OLD.staff_since IS NOT NEW.staff_since
        BEGIN SELECT RAISE(ABORT, '{FOR_EVER}'); END
        """,
        *(
            f"""
            CREATE TRIGGER {table}_{name}_{verb.lower()} BEFORE {verb} ON {table}
            WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{words}'); END
            """
            for table, name, condition, words in RULES
            for verb in ("INSERT", "UPDATE")
        ),
    ]


def keep_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql() if is_postgresql else _sqlite():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Keep the council's staff and everybody else apart in the database itself."""

    dependencies = [("accounts", "0026_staff_accounts")]
    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
