"""Somebody who has dealt with services, and what a copy tells of it."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.export import operations
from accounts.export.jobs import prepare
from accounts.export.sealing import Document, read
from accounts.models import Account, AccountClosing, Export
from clients.models import Application
from idp.models import (
    AccessToken,
    AuthorizationRequest,
    Block,
    Delivery,
    Disclosure,
    ErasureRequest,
    EventStream,
    PairwiseSubject,
    RemovedSubject,
    SecurityEvent,
)
from tests import factories


def use(account: Account, name: str, **columns: Any) -> Application:
    """Let the account have dealt with a service of this name in every way that leaves a row."""
    of = factories.organisation(name=f"{name} Trust")
    service = factories.application(name=name, of=of, **columns)
    agreement = factories.consent(account, service)
    session = factories.session(account)
    part = factories.participant(session, service)
    subject = PairwiseSubject.objects.create(
        account=account, sector_identifier=service.sector_identifier
    )
    now = timezone.now()
    Disclosure.objects.create(
        account=account,
        application=service,
        consent=agreement,
        endpoint="userinfo",
        claims="email name sub",
        day=date(2026, 11, 22),
        count=3,
        last_at=now,
    )
    Delivery.objects.create(
        application=service, sid=part.sid, subject=subject.subject, expires_at=now
    )
    _hear_of_it(service, subject)
    Block.objects.create(account=account, organisation=of)
    closing, _new = AccountClosing.objects.get_or_create(
        account=account, defaults={"reason": "resident", "closes_at": now}
    )
    ErasureRequest.objects.create(closing=closing, application=service)
    AccessToken.objects.create(
        user=account,
        application=service,
        expires=now,
        scope="openid email",
        consent=agreement,
        kid="k",
        token_family=agreement.pk,
    )
    AuthorizationRequest.objects.create(
        application=service,
        redirect_uri="https://service.example.org/callback",
        scope="openid",
        session=session,
        expires_at=now,
    )
    about = About(account_id=account.pk, application_id=service.client_id)
    record(Event.CONSENT_GRANTED, by=resident(account), about=about)
    return service


def _hear_of_it(service: Application, subject: PairwiseSubject) -> None:
    account, now = subject.account, timezone.now()
    times = {"created_at": now, "expires_at": now}
    stream = EventStream.objects.create(application=service, method=EventStream.Method.POLL)
    SecurityEvent.objects.create(
        stream=stream, account=account, subject=subject.subject, event_type="urn:x", **times
    )
    RemovedSubject.objects.create(stream=stream, account=account)


def copy(account: Account, *, private: bool = False) -> dict[Document, str]:
    """Return both documents of a new copy."""
    Export.objects.all().delete()
    export = operations.ask(account=account, includes_private=private, by=resident(account))
    prepare.call(str(export.pk))
    export.refresh_from_db()
    assert export.state == "ready", export.failure
    return {kind: b"".join(read(export, kind)).decode() for kind in Document}
