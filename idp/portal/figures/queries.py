"""Counts what the figures show: four statements, each by index, whatever the trail's length."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    F,
    Func,
    IntegerField,
    QuerySet,
    Value,
    When,
)
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.models import Application
from idp.models import Consent, RequestTrail
from idp.portal.figures import rules
from idp.portal.figures.rules import BUCKETS, SLOWEST, Period

# A refreshed token or a program's own is nobody's sign-in.
_SIGN_INS: Final = ("authorization_code", "urn:ietf:params:oauth:grant-type:device_code")
_MOST_REASONS: Final = 20
Counts = Mapping[datetime, int]


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
class Refusals:
    """How often one reason refused the application."""

    endpoint: str
    reason: str
    number: int


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
    return Figures(
        rules.periods(
            beginnings,
            sign_ins=sign_ins,
            agreed=summed(agreed(application, since=since)),
            refused=summed(refused(application, since=since)),
            latencies=latencies,
        ),
        [Refusals(*row) for row in refusals(application, since=since)],
    )


def requests(application: Application, *, since: datetime) -> "QuerySet[RequestTrail, Any]":
    """Count the application's own requests by hour, whether a sign-in, and latency."""
    buckets = [When(duration__lte=end * 1000, then=Value(end)) for end in BUCKETS]
    rows = _proved(application, since).annotate(
        hour=Hour("at"),
        bucket=Case(*buckets, default=Value(SLOWEST), output_field=IntegerField()),
        is_sign_in=Case(
            When(grant_type__in=_SIGN_INS, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        ),
    )
    grouped = rows.values("hour", "is_sign_in", "bucket").annotate(number=Count("*"))
    return grouped.order_by().values_list("hour", "is_sign_in", "bucket", "number")


def refusals(application: Application, *, since: datetime) -> "QuerySet[RequestTrail, Any]":
    """Count the application's own refused requests by reason, the most frequent first."""
    rows = _proved(application, since).filter(is_refused=True)
    grouped = rows.values("endpoint", "reason").annotate(number=Count("*"))
    ordered = grouped.order_by("-number", "endpoint", "reason")
    return ordered.values_list("endpoint", "reason", "number")[:_MOST_REASONS]


def agreed(application: Application, *, since: datetime) -> "QuerySet[Consent, Any]":
    """Count by hour how often residents agreed to share."""
    rows = Consent.objects.filter(
        application=application, kind=Consent.Kind.AGREED, granted_at__gte=since
    )
    return _by_hour(rows, "granted_at")


def refused(application: Application, *, since: datetime) -> "QuerySet[AuditEvent, Any]":
    """Count by hour how often residents chose not to share."""
    rows = AuditEvent.objects.filter(
        event=Event.CONSENT_REFUSED, at__gte=since, application_id=application.client_id
    )
    return _by_hour(rows, "at")


def _proved(application: Application, since: datetime) -> QuerySet[RequestTrail]:
    return RequestTrail.objects.filter(
        application=application, is_authenticated=True, at__gte=since
    )


def _by_hour(rows: QuerySet[Any], moment: str) -> "QuerySet[Any, Any]":
    counted = rows.annotate(hour=Hour(F(moment))).values("hour").annotate(number=Count("*"))
    found: QuerySet[Any, Any] = counted.order_by().values_list("hour", "number")
    return found
