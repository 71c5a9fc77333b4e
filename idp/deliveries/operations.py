"""Queues what applications are told."""

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
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
def send_again(*, delivery: Delivery, by: Actor) -> bool:
    """Queue a logout token that was delivered, refused or given up; False if it waits anyhow.

    It is signed anew, and names the same session: a service that took it has nothing left to end.
    """
    rows = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.QUEUED)
    queued = rows.update(
        state=Delivery.State.QUEUED,
        expires_at=timezone.now() + LIFETIME,
        tries=0,
        tried_at=None,
        next_try_at=None,
        done_at=None,
        last_status=None,
        last_error="",
    )
    if not queued:
        return False
    application = delivery.application
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind="delivery",
        object_id=str(delivery.pk),
    )
    record(Event.DELIVERY_SENT_AGAIN, by=by, about=about)
    jobs.deliver.enqueue(str(delivery.pk))
    return True


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give each delivery that no job will make, as after a worker was killed, a new one; count."""
    waiting = queries.due_before(now - LOST_AFTER)
    busy = with_a_job(jobs.deliver.module_path, begun_after=now - LOST_AFTER)
    lost = [delivery_id for delivery_id in waiting if delivery_id not in busy]
    for delivery_id in lost:
        jobs.deliver.enqueue(delivery_id)
    return len(lost)
