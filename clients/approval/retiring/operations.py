"""Writes the end of live applications."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import SYSTEM, Actor
from accounts.audit.events import Event
from accounts.retention.one_by_one import each
from clients.applications.credentials import operations as credentials
from clients.applications.writing import locked, recorded
from clients.approval import queries
from clients.approval.operations import end
from clients.approval.retiring.rules import RetirementProblem, problems
from clients.models import Application, Submission
from clients.signals import application_suspended

Status = Application.Status


class RetirementRefusedError(Exception):
    """The application cannot end so; `problems` name why."""

    def __init__(self, found: list[RetirementProblem]) -> None:
        super().__init__(*found)
        self.problems = tuple(found)


@transaction.atomic
def announce(*, application: Application, day: date, where_to_go: str, by: Actor) -> Application:
    """Let the application end at the beginning of a day; residents are told by the next job.

    Another day, or other words, are told anew.

    Raises:
        RetirementRefusedError: it is not live, the day unfit, or there is nowhere to go.
    """
    row = locked(application)
    if row.environment != Application.Environment.LIVE or row.status not in {
        Status.ACTIVE,
        Status.SUSPENDED,
    }:
        raise RetirementRefusedError([RetirementProblem.NOT_LIVE])
    if found := problems(day=day, where_to_go=where_to_go, today=timezone.localdate()):
        raise RetirementRefusedError(found)
    at = timezone.make_aware(datetime.combine(day, time.min))
    if (row.retires_at, row.where_to_go) == (at, where_to_go):
        return row
    row.retires_at, row.where_to_go, row.retirement_told_at = at, where_to_go, None
    _save(row)
    recorded(Event.RETIREMENT_SET, row, by=by, day=day.isoformat())
    return row


@transaction.atomic
def take_back(*, application: Application, by: Actor) -> Application:
    """Let the application go on after all; nothing happens where it has ended."""
    row = locked(application)
    if row.retires_at is None or row.status == Status.RETIRED:
        return row
    row.retires_at, row.where_to_go, row.retirement_told_at = None, "", None
    _save(row)
    recorded(Event.RETIREMENT_TAKEN_BACK, row, by=by)
    return row


def retire_due(*, now: datetime) -> int:
    """End every application whose day has come, and return how many."""
    rows = Application.objects.filter(retires_at__lte=now)
    due = rows.exclude(status__in=[Status.RETIRED, Status.CLOSED]).order_by("pk")
    return sum(each(list(due), lambda application: _retire(application, now)))


@transaction.atomic
def _retire(application: Application, now: datetime) -> bool:
    row = locked(application)
    # Its owner may have thought better of it a moment ago.
    if row.retires_at is None or row.retires_at > now or row.status == Status.RETIRED:
        return False
    row.status = Status.RETIRED
    row.save(update_fields=["status", "updated"])
    if (submission := queries.open_one(row)) is not None:
        end(submission, Submission.State.WITHDRAWN)
    credentials.end_all(application=row, by=SYSTEM)
    recorded(Event.APPLICATION_RETIRED, row, by=SYSTEM)
    application_suspended.send(Application, application=row, by=SYSTEM)
    return True


def _save(row: Application) -> None:
    row.save(update_fields=["retires_at", "where_to_go", "retirement_told_at", "updated"])
