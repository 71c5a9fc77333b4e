"""What a part of a copy is, and how each app adds its own."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import IntegerField, Model, QuerySet
from django.utils.functional import Promise

from accounts.models import Account

Value: TypeAlias = (
    "str | int | bool | date | datetime | UUID | Promise | Sequence[Value] | Mapping[str, Value]"
    " | None"
)
# Rows that are in memory at a time.
_BATCH: Final = 500


@dataclass(frozen=True)
class Asked:
    """Whose copy it is, and whether services that are kept out of sight are to be in it."""

    account: Account
    includes_private: bool


@dataclass(frozen=True)
class Shape:
    """How what a column holds is told, where that is no plain value: its schema, and its labels."""

    schema: Mapping[str, Any]
    make: Callable[[Any], Value]
    labels: Mapping[str, Promise] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One thing that a part tells of each row, under a name that never changes.

    `of`: where it stands if not in a column of that name, by way of related rows
    ("application.name"), or "." for the row as a whole. `covers`: which columns it tells, where
    that is none itself. `words`: what its values are called on the page to read.
    """

    name: str
    label: Promise
    of: str = ""
    shape: Shape | None = None
    words: Mapping[str, Promise | str] = field(default_factory=dict)
    covers: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where its value stands."""
        return self.of or self.name

    def way(self, model: type[Model]) -> list[Any]:
        """Return the fields by which its value is reached; none where it is no column."""
        fields: list[Any] = []
        for step in self.path.split("."):
            options = model._meta  # noqa: SLF001 - Django's documented API
            try:
                field: Any = options.get_field(step)
            except FieldDoesNotExist:
                # The number of a row that a foreign key leads to, or nothing that is kept.
                return [*fields, *(field for field in options.fields if field.attname == step)]
            fields.append(field)
            model = field.related_model
        return fields

    def value(self, row: Model) -> Value:
        """Return what it tells of the row; None where a related row is not there."""
        found: Any = row
        for step in self.path.split(".") if self.path != "." else ():
            try:
                found = getattr(found, step)
            except ObjectDoesNotExist:
                return None
            if found is None:
                return None
        return self.shape.make(found) if self.shape else found


@dataclass(frozen=True)
class Part:
    """Rows of one kind: which, and what is told of each.

    What they are for and how long they are kept stands where their table is declared (`held`).
    `order`: the column to list them by, where that is not the order in which they were made.
    """

    name: str
    title: Promise
    rows: Callable[[Asked], QuerySet[Any]]
    columns: tuple[Column, ...]
    order: str = ""

    def records(self, asked: Asked) -> Iterator[Model]:
        """Yield the rows, few at a time, with no cursor left open between them."""
        rows = self.rows(asked)
        numbers = _numbers(rows.order_by(self.order or "pk", "pk"))
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            found = {row.pk: row for row in rows.filter(pk__in=list(batch))}
            # One that is gone meanwhile is held no more.
            yield from (found[number] for number in batch if number in found)


def _numbers(rows: QuerySet[Any]) -> Sequence[Any]:
    """Return the rows' numbers in order, as small as can be: there may be very many.

    Rows are not found by walking on from number to number: in a table of everybody's rows the
    database might walk through those of all others.
    """
    numbers = rows.values_list("pk", flat=True).iterator()
    is_counted = isinstance(rows.model._meta.pk, IntegerField)  # noqa: SLF001 - documented
    return array("q", numbers) if is_counted else list(numbers)


def parts() -> Iterator[Part]:
    """Yield every app's `export.parts.PARTS`, in the order of the apps."""
    for config in apps.get_app_configs():
        name = f"{config.name}.export.parts"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            # An app that holds nothing about residents; anything else that is missing is a fault.
            if error.name not in {name, f"{config.name}.export"}:
                raise
        else:
            yield from module.PARTS
