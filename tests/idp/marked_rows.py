"""A row in every table that holds something of people, each text in it marked to be found again."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django.utils import timezone

from accounts.models import (
    Account,
    AuditEvent,
    CouncilDetails,
    DirectoryLink,
    DirectoryVisit,
    EmailAddress,
    Opening,
    ServiceNotice,
    StaffMember,
    StaffRole,
)
from accounts.retention.queries import children_first
from tests import factories

# In no word of the code: what holds it holds something of Ann.
MARK = "zqxjv"

# Events stay; what the council's staff have is on accounts of their own.
_NOT_OF_RESIDENTS = {
    AuditEvent,
    CouncilDetails,
    DirectoryLink,
    DirectoryVisit,
    Opening,
    ServiceNotice,
    StaffMember,
    StaffRole,
}


def everything_of(account: Account) -> dict[type[models.Model], models.Model]:
    """Make a row in each table that holds something of people, each text in it marked."""
    application = factories.application(slug="tax")
    made: dict[type[models.Model], models.Model] = {
        Account: account,
        type(application): application,
        EmailAddress: EmailAddress.objects.get(account=account),
    }
    for table in reversed(children_first()):
        is_new = table.model not in made and table.model not in _NOT_OF_RESIDENTS
        if is_new and (table.owner or table.personal):
            _row(table.model, made)
    Account.objects.filter(pk=account.pk).update(
        full_name=MARK, former_name=MARK, date_of_birth=date(1980, 2, 29), user_handle=MARK
    )
    return made


def _row(model: type[models.Model], made: dict[type[models.Model], models.Model]) -> models.Model:
    if model not in made:
        fields = model._meta.local_concrete_fields  # noqa: SLF001
        values = {field.name: _value(field, made) for field in fields if not _is_made(field)}
        made[model] = model._default_manager.create(**(values | _FITTING.get(model.__name__, {})))  # noqa: SLF001
    return made[model]


def _is_made(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField) or field.name in {"cancelled_at", "reopened_at"}


# What constraints of these tables ask for.
_FITTING: dict[str, dict[str, Any]] = {
    "AccountClosing": {"reopen_until": None, "closed_at": None, "purged_at": None},
    "Block": {"organisation": None},
    "StaffRequest": {"decided_by": None},
    "StartCode": {"used_at": None, "cancelled_at": None},
    "EventStream": {"method": "urn:ietf:rfc:8936", "endpoint_url": "", "authorization_header": ""},
}


def _value(field: "models.Field[Any, Any]", made: dict[type[models.Model], models.Model]) -> Any:  # noqa: ANN401
    if isinstance(field, models.ForeignKey):
        return _row(field.related_model, made)
    if field.choices:
        return field.choices[0][0]
    values: dict[type[models.Field[Any, Any]], Any] = {
        models.UUIDField: uuid4(),
        models.DateTimeField: timezone.now(),
        models.DateField: date(1980, 2, 29),
        models.BooleanField: False,
        models.JSONField: [MARK],
        models.BinaryField: MARK.encode(),
        models.IntegerField: 1,
        models.CharField: MARK,
        models.TextField: MARK,
    }
    return next(value for kind, value in values.items() if isinstance(field, kind))


def marked() -> set[str]:
    """Return every column of the database that holds the mark, whoever's table it is."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                held = zip(names, map(_text, row), strict=True)
                found |= {f"{table}.{name}" for name, text in held if MARK in text}
    return found


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
