"""Signing out of one service alone."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from idp.deliveries import operations as deliveries
from idp.models import Participant
from idp.ssf import news
from idp.tokens import operations as tokens


@transaction.atomic
def leave_service(*, participant: Participant, by: Actor) -> None:
    """End the service's part in the session: its tokens end and it must ask again."""
    if not Participant.objects.filter(pk=participant.pk, signed_out_at=None).update(
        signed_out_at=timezone.now()
    ):
        return
    about = About(
        account_id=participant.session.account_id,
        session_id=participant.session_id,
        organisation_id=participant.application.organisation_id,
        application_id=participant.application.client_id,
    )
    record(Event.SERVICE_SIGNED_OUT, by=by, about=about)
    part = Q(pk=participant.pk)
    deliveries.queue_logout(which=part)
    news.sessions_revoked(which=part)
    tokens.end_for_participant(participant=participant, reason="signed_out_of_service", by=by)
