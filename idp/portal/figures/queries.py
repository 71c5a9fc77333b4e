"""Counts what the figures show: four statements, each by index, whatever the trail's length."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, DateTimeField, F, Func, QuerySet, Sum
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.models import Application
from idp.models import Consent, RequestCount
from idp.portal.figures import rules
from idp.portal.figures.rules import Period, Refusals


class Hour(Func):
    """The hour in which a moment lies, as its first second.

    Not TruncHour: on SQLite that calls Python for every row.
    """

    output_field = DateTimeField()
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, Any]:
        """Compile for SQLite, where moments are texts in UTC."""
        return self.as_sql(compiler, connection, template="substr(%(expressions)s,1,13)||':00:00'")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, Any]:
        """Compile for PostgreSQL."""
        return self.as_sql(compiler, connection, template="date_trunc('hour', %(expressions)s)")


@dataclass(frozen=True)
class Figures:
    """All that the page shows."""

    periods: list[Period]
    refusals: list[Refusals]


def figures(application: Application, *, by_hour: bool) -> Figures:
    """Return the last 48 hours by hour, or the last 30 days by day."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    beginnings = rules.starts(by_hour=by_hour, now=now, zone=zone)
    since = beginnings[0]

    def summed(rows: Iterable[tuple[datetime, int]]) -> Counter[datetime]:
        found: Counter[datetime] = Counter()
        for hour, number in rows:
            found[rules.start_of(hour, by_hour=by_hour, zone=zone)] += number
        return found

    latencies: dict[datetime, Counter[int]] = {}
    sign_ins: Counter[datetime] = Counter()
    for hour, is_sign_in, bucket, number in requests(application, since=since):
        start = rules.start_of(hour, by_hour=by_hour, zone=zone)
        latencies.setdefault(start, Counter())[bucket] += number
        sign_ins[start] += number if is_sign_in else 0
    reasons: dict[tuple[str, str], Counter[datetime]] = {}
    for hour, endpoint, reason, number in refusals(application, since=since):
        start = rules.start_of(hour, by_hour=by_hour, zone=zone)
        reasons.setdefault((endpoint, reason), Counter())[start] += number
    return Figures(
        rules.periods(
            beginnings,
            sign_ins=sign_ins,
            agreed=summed(agreed(application, since=since)),
            refused=summed(refused(application, since=since)),
            errors=sum(reasons.values(), Counter()),
            latencies=latencies,
        ),
        rules.most_frequent(Refusals(*kind, by_start) for kind, by_start in reasons.items()),
    )


def requests(application: Application, *, since: datetime) -> "QuerySet[RequestCount, Any]":
    """Count the application's own requests by hour, whether a sign-in, and latency."""
    rows = RequestCount.objects.filter(application=application, hour__gte=since)
    grouped = rows.values("hour", "is_sign_in", "latency").annotate(total=Sum("number"))
    return grouped.order_by().values_list("hour", "is_sign_in", "latency", "total")


def refusals(application: Application, *, since: datetime) -> "QuerySet[RequestCount, Any]":
    """Count the application's own refused requests by hour and reason."""
    rows = RequestCount.objects.filter(application=application, hour__gte=since, is_refused=True)
    grouped = rows.values("hour", "endpoint", "reason").annotate(total=Sum("number"))
    return grouped.order_by().values_list("hour", "endpoint", "reason", "total")


def agreed(application: Application, *, since: datetime) -> "QuerySet[Consent, Any]":
    """Count by hour how often residents agreed to share."""
    rows = Consent.objects.filter(
        application=application, kind=Consent.Kind.AGREED, granted_at__gte=since
    )
    # A test resident who has stopped sharing was made so: nobody ever agreed.
    return _by_hour(rows.exclude(withdrawn_at=F("granted_at")), "granted_at")


def refused(application: Application, *, since: datetime) -> "QuerySet[AuditEvent, Any]":
    """Count by hour how often residents chose not to share."""
    rows = AuditEvent.objects.filter(
        event=Event.CONSENT_REFUSED, at__gte=since, application_id=application.client_id
    )
    return _by_hour(rows, "at")


def _by_hour(rows: QuerySet[Any], moment: str) -> "QuerySet[Any, Any]":
    counted = rows.annotate(hour=Hour(F(moment))).values("hour").annotate(number=Count("*"))
    found: QuerySet[Any, Any] = counted.order_by().values_list("hour", "number")
    return found
