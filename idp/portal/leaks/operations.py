"""Writes about leaked secrets."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from clients.applications.credentials import operations as credentials
from clients.models import Application, SecretLeak
from idp.portal.leaks import queries
from idp.tokens import operations as tokens


@transaction.atomic
def report(
    *, application: Application, suspected_since: datetime, reporter: Account, by: Actor
) -> SecretLeak:
    """End every secret of the application and all that it holds, and open a case.

    Said again while no new secret was made, it is the same case.
    """
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    same = row.secret_leaks.filter(answered_at=None).order_by("-pk").first()
    if same is not None and not row.secrets.filter(revoked_at=None).exists():
        return same
    leak = SecretLeak.objects.create(
        application=row,
        reported_by=reporter,
        suspected_since=suspected_since,
        residents=queries.residents_since(row, suspected_since),
    )
    credentials.end_all(application=row, by=by)
    tokens.end_for_application(application=row, reason="client_secret_leaked", by=by)
    _record(Event.CLIENT_SECRET_LEAKED, leak, by)
    return leak


@transaction.atomic
def answer(*, leak: SecretLeak, by: Actor) -> SecretLeak:
    """Close the case: the council knows of it and has done what it must."""
    if SecretLeak.objects.filter(pk=leak.pk, answered_at=None).update(answered_at=timezone.now()):
        _record(Event.LEAK_ANSWERED, leak, by)
    leak.refresh_from_db()
    return leak


def _record(event: Event, leak: SecretLeak, by: Actor) -> None:
    about = About(
        organisation_id=leak.application.organisation_id,
        application_id=leak.application.client_id,
        object_kind="secret_leak",
        object_id=str(leak.pk),
        detail={"residents": leak.residents},
    )
    record(event, by=by, about=about)
