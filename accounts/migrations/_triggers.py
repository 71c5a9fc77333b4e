"""What the database itself refuses of accounts: the triggers of a new one."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_MADE_UP_FOR_EVER = "whether an account is made up is said at its creation"
_STAFF_FOR_EVER = "whether an account is of the staff is said at its creation"
_OWNER = "EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND staff_since {})"
_IS_STAFF, _IS_NONE = _OWNER.format("IS NOT NULL"), _OWNER.format("IS NULL")
# Of every row written: its table, the rule's name, what may not be, and the words of the refusal.
_RULES = (
    (
        "accounts_account",
        "staff_fit",
        "NEW.staff_since IS NOT NULL AND (NEW.is_test OR substr(NEW.password, 1, 1) <> '!')",
        "staff are real and have no password",
    ),
    (
        "accounts_emailaddress",
        "no_staff",
        _IS_STAFF,
        "an account of staff has no address of a resident",
    ),
    (
        "accounts_authenticator",
        "staff_keys",
        f"NEW.kind <> 'passkey' AND {_IS_STAFF}",
        "staff sign in by passkeys alone",
    ),
    (
        "accounts_staffmember",
        "is_staff",
        _IS_NONE,
        "an account is of the staff from its creation",
    ),
    ("accounts_staffrole", "of_staff", _IS_NONE, "only staff have roles"),
)
_FUNCTIONS = {"of_staff": "others"}  # where a function is not named as its trigger is


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database in use."""
    del apps
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _POSTGRESQL if is_postgresql else _SQLITE:
        schema_editor.execute(statement)


def _refusing(function: str, words: str, errcode: str = "") -> str:
    code = f" USING ERRCODE = '{errcode}'" if errcode else ""
    return f"""
    CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{words}'{code};
    END $$
    """


def _kept_on_postgresql(name: str, function: str, columns: str, words: str) -> list[str]:
    return [
        _refusing(function, words, "check_violation"),
        f"""
        CREATE TRIGGER accounts_account_{name} BEFORE UPDATE ON accounts_account
        FOR EACH ROW WHEN ({columns.format("OLD")} IS DISTINCT FROM {columns.format("NEW")})
        EXECUTE FUNCTION {function}()
        """,
    ]


def _checked_on_postgresql(table: str, name: str, condition: str, words: str) -> list[str]:
    # A trigger's WHEN can ask no other table there, its body can.
    function = f"{table}_refuse_{_FUNCTIONS.get(name, name)}"
    return [
        f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"""
        CREATE TRIGGER {table}_{name} BEFORE INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}()
        """,
    ]


def _append_only_on_postgresql(table: str, function: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}()
        """,
        f"""
        CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {function}()
        """,
    ]


def _refused_on_sqlite(table: str, name: str, verb: str, words: str, when: str = "") -> str:
    return f"""
    CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} {f"WHEN {when}" if when else ""}
    BEGIN SELECT RAISE(ABORT, '{words}'); END
    """


_POSTGRESQL = (
    # A tombstone alone lets events go.
    """
    CREATE FUNCTION accounts_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
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
    *_append_only_on_postgresql("accounts_auditevent", "accounts_auditevent_refuse"),
    _refusing("accounts_auditseal_refuse", "audit seals are append-only"),
    *_append_only_on_postgresql("accounts_auditseal", "accounts_auditseal_refuse"),
    *_append_only_on_postgresql("accounts_audittombstone", "accounts_auditseal_refuse"),
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
    *_kept_on_postgresql(
        "test_for_ever",
        "accounts_account_refuse_test_change",
        "({0}.is_test, {0}.test_group)",
        _MADE_UP_FOR_EVER,
    ),
    *_kept_on_postgresql(
        "staff_for_ever",
        "accounts_account_refuse_staff_for_ever",
        "{0}.staff_since",
        _STAFF_FOR_EVER,
    ),
    *(statement for rule in _RULES for statement in _checked_on_postgresql(*rule)),
)
_SQLITE = (
    _refused_on_sqlite(
        "accounts_auditevent", "no_update", "UPDATE", "audit events are append-only"
    ),
    _refused_on_sqlite(
        "accounts_auditevent",
        "no_delete",
        "DELETE",
        "audit events are append-only",
        "NOT EXISTS (SELECT 1 FROM accounts_audittombstone WHERE OLD.id < to_position)",
    ),
    *(
        _refused_on_sqlite(table, f"no_{verb.lower()}", verb, "audit seals are append-only")
        for table in ("accounts_auditseal", "accounts_audittombstone")
        for verb in ("UPDATE", "DELETE")
    ),
    _refused_on_sqlite(
        "accounts_account",
        "test_for_ever",
        "UPDATE",
        _MADE_UP_FOR_EVER,
        "OLD.is_test IS NOT NEW.is_test OR OLD.test_group IS NOT NEW.test_group",
    ),
    _refused_on_sqlite(
        "accounts_account",
        "staff_for_ever",
        "UPDATE",
        _STAFF_FOR_EVER,
        "OLD.staff_since IS NOT NEW.staff_since",
    ),
    *(
        _refused_on_sqlite(table, f"{name}_{verb.lower()}", verb, words, condition)
        for table, name, condition, words in _RULES
        for verb in ("INSERT", "UPDATE")
    ),
)
