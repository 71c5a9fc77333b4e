"""A row of any table, made from its columns alone."""

from collections.abc import Callable
from itertools import count
from typing import Any, Final
from uuid import uuid4

from django.db import models
from django.utils import timezone

from accounts.models import Account, CouncilDetails
from accounts.retention.vocabulary import Table
from accounts.security.encryption import encrypt
from idp.models import Block, EventStream, OldUserId

_numbers = count(1)


def any_row(model: type[models.Model], **columns: Any) -> models.Model:
    """Return a row with something in every column that needs a value, `columns` as given."""
    for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented API
        if field.name not in columns and _is_needed(model, field):
            columns[field.name] = _something(field)
    return model._default_manager.create(**columns)  # noqa: SLF001


def row_of_account(table: Table, account: Account) -> models.Model:
    """Return a row of a table that has an owner, which is this account."""
    return _at_end_of(table.model, table.owner.split("__"), account)


def _at_end_of(model: type[models.Model], way: list[str], account: Account) -> models.Model:
    if way == ["pk"]:
        return account
    if len(way) > 1:
        key = model._meta.get_field(way[0])  # noqa: SLF001
        assert isinstance(key, models.ForeignKey)
        return any_row(model, **{way[0]: _at_end_of(key.related_model, way[1:], account)})
    is_number = way[0].endswith("_id")
    wanted = {name: make() for name, make in _WITH_AN_ACCOUNT.get(model, {}).items()}
    return any_row(model, **{way[0]: account.pk if is_number else account}, **wanted)


# What a constraint wants besides.
_WANTED: Final[dict[type[models.Model], set[str]]] = {
    Block: {"application"},
    EventStream: {"endpoint_url"},
}
_WITH_AN_ACCOUNT: Final[dict[type[models.Model], dict[str, Callable[[], object]]]] = {
    CouncilDetails: {"number": lambda: next(_numbers)},
    OldUserId: {"claimed_at": timezone.now, "sealed": lambda: encrypt(b"n")},
}


def _is_needed(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    if field.name in _WANTED.get(model, set()):
        return True
    has_value = field.has_default() or field.has_db_default() or field.null or field.blank
    return not (has_value or (field.primary_key and isinstance(field, models.AutoField)))


# The first that fits: a DateTimeField is a DateField too.
_SOMETHING: Final[dict[type[models.Field[Any, Any]], Callable[[], object]]] = {
    models.DateTimeField: timezone.now,
    models.DateField: timezone.localdate,
    models.IntegerField: lambda: 1,
    models.JSONField: dict,
    models.BooleanField: bool,
    models.UUIDField: uuid4,
    models.EmailField: lambda: f"{next(_numbers)}@example.org",
    models.Field: lambda: f"n{next(_numbers)}",
}


def _something(field: "models.Field[Any, Any]") -> object:
    if isinstance(field, models.ForeignKey):
        return any_row(field.related_model)
    if field.choices:
        return next(iter(field.flatchoices))[0]
    return next(make for kind, make in _SOMETHING.items() if isinstance(field, kind))()
