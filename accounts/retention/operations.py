"""Deletes what has served its time, and what is not kept of a closed account."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.models import Account
from accounts.retention import queries
from accounts.retention.one_by_one import each
from accounts.retention.vocabulary import After, Fate, Table

# Rows that are deleted in one transaction: nobody waits for a lock for long.
_BATCH: Final = 1000


def purge(*, now: datetime) -> dict[str, int]:
    """Delete every row whose time is over, and return how many by table."""
    ending = [table.model for table in queries.children_first() if isinstance(table.ends, After)]
    return dict(each(ending, lambda model: (_label(model), _purge(model, now))))


def _purge(model: type[Model], now: datetime) -> int:
    return _delete(queries.due(queries.table_of(model), now))


@transaction.atomic
def empty(*, account: Account) -> None:
    """Delete all that is not kept of an account that was closed for good.

    Rows of which nothing is kept go; in others the columns that are not kept are emptied. The
    caller has locked the account, and records why.
    """
    for table in queries.children_first():
        if not table.owner:
            continue
        rows = queries.rows_of(table, account)
        if table.goes_at_closing:
            rows.delete()
        elif emptied := _emptied(table):
            rows.update(**emptied)


def _emptied(table: Table) -> dict[str, Any]:
    return {
        column.name: column.empty_value(table.model)
        for column in table.personal
        if column.fate is Fate.DELETED
    }


def _delete(rows: QuerySet[Any]) -> int:
    deleted = 0
    while numbers := list(rows.values_list("pk", flat=True)[:_BATCH]):
        # Asked again: what somebody has used since is not due any more.
        total, counts = rows.filter(pk__in=numbers).delete()
        deleted += counts.get(_label(rows.model), 0)
        if not total:
            break
    return deleted


def _label(model: type[Model]) -> str:
    return str(model._meta.label)  # noqa: SLF001 - Django's documented API
