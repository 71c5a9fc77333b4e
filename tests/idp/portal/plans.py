"""How a database means to answer a query."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def plan(rows: QuerySet[Any, Any]) -> str:
    """Return the plan in capitals; tables of a test are too small for indexes to pay by costs."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        return str(rows.explain()).upper()
