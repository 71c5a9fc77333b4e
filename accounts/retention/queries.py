"""Reads the declarations: which tables there are, what is personal in one, which rows are due."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Exists, ForeignKey, Model, OuterRef, Q, QuerySet

from accounts.models import Account
from accounts.retention.vocabulary import After, Columns, Table


@cache
def tables() -> tuple[Table, ...]:
    """Return every app's `held.TABLES`, in the order of the apps."""
    return tuple(_declared())


def _declared() -> Iterator[Table]:
    for config in apps.get_app_configs():
        name = f"{config.name}.held"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            # An app that declares none; anything else that is missing is a fault.
            if error.name != name:
                raise
        else:
            yield from module.TABLES


def table_of(model: type[Model]) -> Table:
    """Return the declaration of this table.

    Raises:
        KeyError: there is none, which a test refuses for tables of ours.
    """
    return {table.model: table for table in tables()}[model]


def personal_columns(model: type[Model]) -> Columns:
    """Return what this table holds about people, column by column."""
    return table_of(model).personal


def rows_of(table: Table, account: Account) -> QuerySet[Any]:
    """Return an account's rows of a table that has an owner."""
    return table.model._default_manager.filter(**{table.owner: account.pk})  # noqa: SLF001


def due(table: Table, now: datetime) -> QuerySet[Any]:
    """Return the rows whose time is over and on which nothing hangs whose time is not."""
    if not isinstance(table.ends, After):
        return table.model._default_manager.none()  # noqa: SLF001
    rows = table.ends.rows(table.model, now)
    return rows.exclude(hung_on) if (hung_on := _hung_on(table.model)) else rows


def children_first() -> list[Table]:
    """Return the tables, each before those that its rows hang on."""
    declared = {table.model: table for table in tables()}
    graph = {model: {key.model for key in _keys_to(model)} for model in declared}
    order = TopologicalSorter(graph).static_order()
    return [declared[model] for model in order if model in declared]


def _hung_on(model: type[Model]) -> Q:
    """Return the condition that rows which end by themselves hang on a row.

    Also by way of rows that go with it: a session's part in a service has its refresh tokens.
    """
    condition = Q()
    for key in _keys_to(model):
        rows = key.model._default_manager.filter(**{key.name: OuterRef("pk")})  # noqa: SLF001
        if isinstance(table_of(key.model).ends, After):
            condition |= Q(Exists(rows))
        elif deeper := _hung_on(key.model):
            condition |= Q(Exists(rows.filter(deeper)))
    return condition


def _keys_to(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
    """Return the foreign keys by which rows would be deleted together with a row of this table."""
    declared = {table.model for table in tables()}
    return [
        relation.field
        for relation in model._meta.related_objects  # noqa: SLF001
        if isinstance(relation.field, ForeignKey)
        and relation.on_delete is CASCADE
        and relation.field.model in declared
        and relation.field.model is not model
    ]
