"""Counters in the database, for the `limits` library.

Django's database cache reads, adds and writes, and so loses counts; this is one statement.
"""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone
from limits.storage import Storage

from accounts.models import LimitCounter

_TABLE = LimitCounter._meta.db_table  # noqa: SLF001 - public by Django's documentation
# A counter whose window is over begins anew in the same statement.
_UPSERT = """
INSERT INTO {table} (key, count, expires_at) VALUES (%(key)s, %(amount)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN {table}.expires_at <= %(now)s THEN excluded.count
            ELSE {table}.count + excluded.count END,
    expires_at = CASE WHEN {table}.expires_at <= %(now)s THEN excluded.expires_at
                 ELSE {table}.expires_at END
RETURNING count
"""


class DatabaseStorage(Storage):
    """Counts in `LimitCounter`, exact under any number of processes."""

    STORAGE_SCHEME = ["database"]

    @property
    def base_exceptions(self) -> type[Exception]:
        """The errors that a broken store raises."""
        return DatabaseError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to the counter and return what it stands at."""
        now = timezone.now()
        adapt = connection.ops.adapt_datetimefield_value
        until = now + timedelta(seconds=expiry)
        with connection.cursor() as cursor:
            cursor.execute(
                _UPSERT.format(table=connection.ops.quote_name(_TABLE)),
                {"key": key, "amount": amount, "now": adapt(now), "until": adapt(until)},
            )
            return int(cursor.fetchone()[0])

    def get(self, key: str) -> int:
        """Return what the counter stands at."""
        row = self._open(key)
        return row.count if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when the counter's window is over, in seconds since the epoch."""
        row = self._open(key)
        return (row.expires_at if row else timezone.now()).timestamp()

    def check(self) -> bool:
        """Say whether the table can be read."""
        return LimitCounter.objects.exists() or True

    def reset(self) -> int:
        """Forget every counter and return how many there were."""
        return LimitCounter.objects.all().delete()[0]

    def clear(self, key: str) -> None:
        """Forget the counter."""
        LimitCounter.objects.filter(pk=key).delete()

    def _open(self, key: str) -> LimitCounter | None:
        return LimitCounter.objects.filter(pk=key, expires_at__gt=timezone.now()).first()
