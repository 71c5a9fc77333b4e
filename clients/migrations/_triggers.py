"""Whom the database itself refuses as a member of an organisation: the triggers of a new one."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_ACCOUNT = "EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND {})"
# Name, what may not be, and the words of the refusal.
_RULES = (
    ("test", _ACCOUNT.format("is_test"), "made-up people are members of nothing"),
    ("staff", _ACCOUNT.format("staff_since IS NOT NULL"), "staff accounts are members of nothing"),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for rule in _RULES:
        for statement in _on_postgresql(*rule) if is_postgresql else _on_sqlite(*rule):
            schema_editor.execute(statement)


def _on_postgresql(name: str, condition: str, words: str) -> list[str]:
    return [
        f"""
        CREATE FUNCTION clients_member_refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"""
        CREATE TRIGGER clients_member_no_{name} BEFORE INSERT OR UPDATE ON clients_member
        FOR EACH ROW EXECUTE FUNCTION clients_member_refuse_{name}()
        """,
    ]


def _on_sqlite(name: str, condition: str, words: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER clients_member_no_{name}_{verb.lower()} BEFORE {verb} ON clients_member
        WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{words}'); END
        """
        for verb in ("INSERT", "UPDATE")
    ]
