"""Every column is declared: about nobody, or what it is held for and what becomes of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts.retention.queries import table_of, tables
from accounts.retention.vocabulary import After, AtClosing, Endless, Table, With
from accounts.retention.wording import period
from tests.project.source import APPS

TABLES = tables()
IDS = [table.model._meta.label for table in TABLES]  # noqa: SLF001 - Django's documented API


def _ours() -> Iterator[type[models.Model]]:
    for app in APPS:
        yield from apps.get_app_config(app).get_models(include_auto_created=True)


def _fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return list(model._meta.local_fields)  # noqa: SLF001


def test_every_table_is_declared_once() -> None:
    declared = Counter(table.model for table in TABLES)
    assert set(_ours()) <= set(declared)
    assert set(declared.values()) == {1}


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_every_column_is_declared_once_and_none_that_is_not_there(table: Table) -> None:
    declared = sorted(column.name for column in table.columns)
    assert declared == sorted(field.name for field in _fields(table.model))


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_a_column_says_what_it_is_for_or_why_it_is_about_nobody(table: Table) -> None:
    for column in table.columns:
        assert column.purpose is not None or column.why, column.name


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_a_column_whose_comment_says_personal_is_declared_so(table: Table) -> None:
    personal = {column.name for column in table.personal}
    for field in _fields(table.model):
        if (field.db_comment or "").startswith("personal"):
            assert field.name in personal


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_rows_about_a_person_have_an_end_that_is_there(table: Table) -> None:
    ends = table.ends
    if isinstance(ends, With):
        key = table.model._meta.get_field(ends.key)  # noqa: SLF001
        assert isinstance(key, models.ForeignKey)
        if table.personal:
            # Else nothing would take the rows along.
            assert key.remote_field.on_delete is models.CASCADE or not table.owner
        assert table.parent() in {each.model for each in TABLES}
    if isinstance(ends, After):
        column = table.model._meta.get_field(ends.column)  # noqa: SLF001
        assert isinstance(column, models.DateField)
    if isinstance(ends, Endless) and table.personal:
        # What stays for ever is what stays of a closed account.
        assert {column.name for column in table.kept} == {c.name for c in table.personal}
    assert period(table)


@pytest.mark.parametrize("table", [t for t in TABLES if t.owner], ids=lambda t: t.model.__name__)
def test_the_way_to_the_account_is_there(table: Table) -> None:
    # Django refuses a name that leads nowhere while it makes the query.
    assert str(table.model._default_manager.filter(**{table.owner: None}).query)  # noqa: SLF001


@pytest.mark.parametrize("table", [t for t in TABLES if t.kept], ids=lambda t: t.model.__name__)
def test_what_stays_hangs_on_nothing_that_goes(table: Table) -> None:
    for field in _fields(table.model):
        if not isinstance(field, models.ForeignKey):
            continue
        if field.remote_field.on_delete is models.CASCADE:
            assert not table_of(field.related_model).goes_at_closing, field.name


def test_only_the_account_itself_is_emptied_rather_than_ended() -> None:
    emptied = [table.model.__name__ for table in TABLES if isinstance(table.ends, AtClosing)]
    assert emptied == ["Account"]


def test_the_audit_log_leads_to_a_person_by_numbers_alone() -> None:
    fields = _fields(apps.get_model("accounts", "AuditEvent"))
    assert not [field for field in fields if (field.db_comment or "").startswith("personal")]
    assert not [field for field in fields if field.is_relation]
