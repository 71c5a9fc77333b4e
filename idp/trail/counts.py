"""Adds up by hour what applications proved to have sent, for their figures."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.db import connection

from idp.models import RequestCount
from idp.models.request_trail import NOT_REFUSED
from idp.trail.entry import Entry

# Upper ends of the buckets that latencies are counted in, in milliseconds.
_BUCKETS: Final = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000)
_SLOWEST: Final = 5000
# A refreshed token or a program's own is nobody's sign-in.
_SIGN_INS: Final = ("authorization_code", "urn:ietf:params:oauth:grant-type:device_code")
# Exact under any number of processes; the ORM's upsert cannot add to what is there.
_ADD: Final = """
INSERT INTO {table} ({columns}) VALUES ({values})
ON CONFLICT ({kind}) DO UPDATE SET number = {table}.number + excluded.number
"""
_OPTIONS: Final = RequestCount._meta  # noqa: SLF001 - public by Django's documentation
# The last is the number.
_FIELDS: Final = tuple(field for field in _OPTIONS.concrete_fields if not field.primary_key)


@dataclass(frozen=True, order=True)
class Kind:
    """What requests have in common that are counted as one."""

    application_id: int
    hour: datetime
    endpoint: str
    is_refused: bool
    reason: str
    is_sign_in: bool
    latency: int


def add(entries: Iterable[Entry], *, known: Mapping[str, int]) -> None:
    """Count the authenticated entries; `known` has the application's number by its client_id.

    Of the others nothing is counted: anybody could draw an application's figures by them.
    """
    numbers = Counter(_kind(one, known[one.client_id]) for one in entries if one.is_authenticated)
    # In one order, or two processes might wait for each other.
    rows = [RequestCount(**vars(kind), number=number) for kind, number in sorted(numbers.items())]
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _FIELDS]
        for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(_statement(), values)


def _kind(entry: Entry, application_id: int) -> Kind:
    is_refused = entry.outcome not in NOT_REFUSED
    return Kind(
        application_id=application_id,
        hour=entry.at.replace(minute=0, second=0, microsecond=0),
        endpoint=entry.endpoint,
        is_refused=is_refused,
        reason=entry.reason if is_refused else "",
        is_sign_in=entry.grant_type in _SIGN_INS,
        latency=_latency(entry.duration),
    )


def _latency(microseconds: int) -> int:
    """Return the end of the bucket that a duration is counted in, in milliseconds."""
    ends = (*_BUCKETS, _SLOWEST)
    return ends[bisect_left(_BUCKETS, microseconds, key=lambda end: end * 1000)]


@cache
def _statement() -> str:
    quote = connection.ops.quote_name
    names = [quote(field.attname) for field in _FIELDS]
    return _ADD.format(
        table=quote(_OPTIONS.db_table),
        columns=", ".join(names),
        values=", ".join("%s" for _name in names),
        kind=", ".join(names[:-1]),
    )
