"""Queues what applications are told."""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from idp.deliveries import jobs
from idp.deliveries.rules import LIFETIME
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
