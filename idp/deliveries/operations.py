"""Queues what applications are told."""

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts.notices.queries import with_a_job
from idp.deliveries import jobs, queries
from idp.deliveries.rules import LIFETIME, LOST_AFTER
from idp.models import Delivery, PairwiseSubject, Participant


@transaction.atomic
def queue_logout(*, which: Q) -> None:
    """Queue a logout token for each of these participants whose application takes one."""
    subjects = PairwiseSubject.objects.filter(
        account=OuterRef("session__account"),
        sector_identifier=OuterRef("application__sector_identifier"),
    )
    rows = Participant.objects.filter(which).exclude(application__backchannel_logout_uri="")
    named = rows.annotate(subject=Subquery(subjects.values("subject")[:1]))
    expires_at = timezone.now() + LIFETIME
    queued = Delivery.objects.bulk_create(
        Delivery(application_id=application, sid=sid, subject=subject or "", expires_at=expires_at)
        for application, sid, subject in named.values_list("application", "sid", "subject")
    )
    for delivery in queued:
        jobs.deliver.enqueue(str(delivery.pk))


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give each delivery that no job will make, as after a worker was killed, a new one; count."""
    waiting = queries.due_before(now - LOST_AFTER)
    busy = with_a_job(jobs.deliver.module_path, begun_after=now - LOST_AFTER)
    lost = [delivery_id for delivery_id in waiting if delivery_id not in busy]
    for delivery_id in lost:
        jobs.deliver.enqueue(delivery_id)
    return len(lost)
