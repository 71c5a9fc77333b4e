"""Writes the ledger."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Final

from django.db import connection
from django.utils.timezone import localdate

from idp.models import Consent, Disclosure

# One statement, exact under any number of processes; the ORM's upsert cannot add to what is there.
_UPSERT: Final = """
INSERT INTO {table} ({columns}) VALUES ({values})
ON CONFLICT (consent_id, endpoint, claims, day) DO UPDATE SET
    count = {table}.count + excluded.count,
    last_at = CASE WHEN excluded.last_at > {table}.last_at
              THEN excluded.last_at ELSE {table}.last_at END
"""
_OPTIONS: Final = Disclosure._meta  # noqa: SLF001 - public by Django's documentation
_FIELDS: Final = tuple(field for field in _OPTIONS.concrete_fields if not field.primary_key)


def note(
    *, consent: Consent, endpoint: Disclosure.Endpoint, claims: Collection[str], at: datetime
) -> None:
    """Count one answer that gives an application the claims of these names.

    Call it before the answer leaves, in its transaction where it has one: what cannot be noted is
    not given out.
    """
    row = Disclosure(
        account_id=consent.account_id,
        application_id=consent.application_id,
        consent_id=consent.pk,
        endpoint=endpoint,
        claims=" ".join(sorted(claims)),
        day=localdate(at),
        count=1,
        last_at=at,
    )
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(_statement(), values)


@cache
def _statement() -> str:
    quote = connection.ops.quote_name
    return _UPSERT.format(
        table=quote(_OPTIONS.db_table),
        columns=", ".join(quote(field.attname) for field in _FIELDS),
        values=", ".join("%s" for _field in _FIELDS),
    )
