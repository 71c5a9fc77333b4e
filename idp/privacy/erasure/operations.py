"""Choosing which services are asked to erase, and asking them."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.closing.queries import waiting
from accounts.models import Account, AccountClosing
from clients.models import Application
from idp.models import ErasureRequest
from idp.privacy.erasure import queries
from idp.ssf import news


@transaction.atomic
def choose(*, account: Account, applications: Collection[Application], by: Actor) -> bool:
    """Note which services to ask once the account closes, instead of those chosen before.

    Returns whether the closing still waits; if not, nothing was changed.
    """
    # Locked as the closing does: what is chosen meanwhile is asked, or was too late.
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    closing = waiting(locked)
    if closing is None:
        return False
    before = {row.application_id for row in queries.chosen(closing)}
    after = {application.pk for application in applications}
    if before == after:
        return True
    ErasureRequest.objects.filter(closing=closing).exclude(application__in=after).delete()
    for application in sorted(after - before):
        ErasureRequest.objects.create(closing=closing, application_id=application)
    record(Event.ERASURES_CHOSEN, by=by, about=_about(closing, services=len(after)))
    return True


@transaction.atomic
def send(*, closing: AccountClosing, by: Actor) -> None:
    """Ask the services that were chosen."""
    for row in queries.chosen(closing):
        is_sent = news.erasure_requested(request=row)
        row.state = ErasureRequest.State.SENT if is_sent else ErasureRequest.State.BY_HAND
        row.sent_at = timezone.now() if is_sent else None
        row.save(update_fields=["state", "sent_at"])
        about = _about(closing, application=row.application, reason=row.state)
        record(Event.ERASURE_ASKED, by=by, about=about)


def _about(
    closing: AccountClosing,
    *,
    application: Application | None = None,
    services: int | None = None,
    reason: str = "",
) -> About:
    return About(
        account_id=closing.account_id,
        application_id=application.client_id if application else "",
        object_kind="closing",
        object_id=str(closing.pk),
        reason=reason,
        detail={} if services is None else {"services": services},
    )
