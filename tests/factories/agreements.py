"""What a resident agreed to share, and where they take part."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Account, Session
from clients.models import Application
from clients.scopes import SCOPES
from idp.models import Consent, Participant
from tests.factories.partners import OFFLINE


def consent(
    account: Account, application: Application, *, scopes: Iterable[str] = OFFLINE, **columns: Any
) -> Consent:
    """Return the current agreement to share these scopes with the application."""
    scopes, now = list(scopes), timezone.now()
    defaults = {
        "scopes": scopes,
        "claims": sorted({claim for scope in scopes for claim in SCOPES[scope].claims}),
        "granted_at": now,
        "expires_at": now + settings.CONSENT_LIFETIME,
        "application_name": application.name,
        "organisation_name": application.organisation.name,
        "terms": dict(application.scopes.values_list("scope", "version")),
    }
    columns = {**defaults, "chose_email": columns.get("email") is not None, **columns}
    return Consent.objects.create(account=account, application=application, **columns)


def participant(session: Session, application: Application, **columns: Any) -> Participant:
    """Return the application's part in this session."""
    row, _ = Participant.objects.get_or_create(
        session=session, application=application, defaults=columns
    )
    return row
