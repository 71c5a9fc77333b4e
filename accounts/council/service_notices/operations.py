"""Publishes notices about the service, and takes them down."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.council.memory import memory
from accounts.council.service_notices import queries, rules
from accounts.council.service_notices.rules import Problem
from accounts.models import Account, ServiceNotice


class NoticeRefusedError(Exception):
    """The notice cannot be published, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@transaction.atomic
def publish(*, text: str, starts_at: datetime, ends_at: datetime, by: Account) -> ServiceNotice:
    """Show a notice from then until then, everywhere, and return it.

    Raises:
        NoticeRefusedError: it says or asks what no notice may.
    """
    now = timezone.now()
    problem = rules.problem_of_text(text) or rules.problem_of_times(
        starts=starts_at, ends=ends_at, now=now
    )
    if problem is None and queries.not_over(now).count() >= rules.MOST_AT_ONCE:
        problem = Problem.TOO_MANY
    if problem is not None:
        raise NoticeRefusedError(problem)
    notice = ServiceNotice.objects.create(
        text=text, starts_at=starts_at, ends_at=ends_at, published_at=now, published_by=by
    )
    record(Event.SERVICE_NOTICE_PUBLISHED, by=staff(by), about=_about(notice))
    transaction.on_commit(memory.forget)
    return notice


@transaction.atomic
def take_down(*, notice: ServiceNotice, by: Account) -> bool:
    """Show the notice no longer, and return whether it was shown or to be shown."""
    now = timezone.now()
    rows = ServiceNotice.objects.filter(pk=notice.pk, taken_down_at=None, ends_at__gt=now)
    if not rows.update(taken_down_at=now, taken_down_by=by):
        return False
    record(Event.SERVICE_NOTICE_TAKEN_DOWN, by=staff(by), about=_about(notice))
    transaction.on_commit(memory.forget)
    return True


def _about(notice: ServiceNotice) -> About:
    return About(object_kind="service_notice", object_id=str(notice.pk))
