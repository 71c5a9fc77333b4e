"""Writes of the authorization endpoint: steps taken for a request, and its one answer."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Session
from idp.models import AuthorizationRequest, Consent
from idp.oidc import codes, participants


class AlreadyAnsweredError(Exception):
    """The request was answered before; nothing was changed."""


@transaction.atomic
def confirm_account(*, row: AuthorizationRequest, session: Session) -> None:
    """Note that the session's owner goes on as who they are, for this request."""
    rows = AuthorizationRequest.objects.filter(pk=row.pk)
    # What another session's owner did for this request counts no more.
    rows.exclude(session=session).update(consented_at=None)
    rows.update(account_confirmed_at=timezone.now(), session=session)


@transaction.atomic
def move(*, to: Session, sessions: Collection[UUID]) -> None:
    """Keep what the owner of these sessions did for a request, now that this one replaces them.

    Otherwise whoever proved more for a service would be asked once more as whom to go on.
    """
    AuthorizationRequest.objects.filter(session__in=sessions).update(session=to)


@transaction.atomic
def issue_code(*, row: AuthorizationRequest, session: Session, consent: Consent, by: Actor) -> str:
    """Answer the request with a code, and let the application take part in the session.

    Raises:
        AlreadyAnsweredError: it was answered before, perhaps by a second click a moment ago.
    """
    close(row=row)
    participant = participants.take_part(session=session, application=row.application)
    code = codes.issue(
        request=row, participant=participant, consent=consent, account=session.account
    )
    about = About(
        account_id=session.account_id,
        session_id=session.pk,
        organisation_id=row.application.organisation_id,
        application_id=row.application.client_id,
        object_kind="consent",
        object_id=str(consent.pk),
    )
    record(Event.AUTHORIZATION_GRANTED, by=by, about=about)
    return code


@transaction.atomic
def close(*, row: AuthorizationRequest) -> None:
    """Use the request up, so that it has one answer, whichever.

    Raises:
        AlreadyAnsweredError: it has one.
    """
    unanswered = AuthorizationRequest.objects.filter(pk=row.pk, consumed_at=None)
    if not unanswered.update(consumed_at=timezone.now()):
        raise AlreadyAnsweredError
