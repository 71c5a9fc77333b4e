"""Writes of the authorization endpoint: steps taken for a request, and its one answer."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Session
from idp.models import AuthorizationRequest, Consent
from idp.oidc import codes, device_codes, participants


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
def end_open(*, which: Q) -> None:
    """Let requests that have no answer yet run out: their service has to ask anew."""
    now = timezone.now()
    AuthorizationRequest.objects.filter(which, consumed_at=None, expires_at__gt=now).update(
        expires_at=now
    )


@transaction.atomic
def issue_code(*, row: AuthorizationRequest, session: Session, consent: Consent, by: Actor) -> str:
    """Answer the request with a code, and let the application take part in the session.

    Raises:
        AlreadyAnsweredError: it was answered before, perhaps by a second click a moment ago.
    """
    _use_up(row)
    participant = participants.take_part(session=session, application=row.application)
    code = codes.issue(
        request=row, participant=participant, consent=consent, account=session.account
    )
    record(Event.AUTHORIZATION_GRANTED, by=by, about=_about(row, session, consent))
    return code


@transaction.atomic
def let_device_in(
    *, row: AuthorizationRequest, device: int, session: Session, consent: Consent, by: Actor
) -> None:
    """Answer the request of a device by letting it in: it gets its tokens when it next asks.

    Raises:
        AlreadyAnsweredError: it was answered before, perhaps in another browser.
    """
    _use_up(row)
    participant = participants.take_part(session=session, application=row.application)
    try:
        device_codes.allow(
            device=device,
            request=row,
            participant=participant,
            consent=consent,
            account=session.account,
        )
    except device_codes.NotWaitingError as error:
        raise AlreadyAnsweredError from error
    record(Event.AUTHORIZATION_GRANTED, by=by, about=_about(row, session, consent))


@transaction.atomic
def close(*, row: AuthorizationRequest) -> None:
    """Use the request up with nothing given; a device that waits for its answer is turned away.

    Raises:
        AlreadyAnsweredError: it has one.
    """
    _use_up(row)
    if row.device_grant_id is not None:
        device_codes.refuse(device=row.device_grant_id)


def _use_up(row: AuthorizationRequest) -> None:
    """Let the request have one answer, whichever."""
    unanswered = AuthorizationRequest.objects.filter(pk=row.pk, consumed_at=None)
    if not unanswered.update(consumed_at=timezone.now()):
        raise AlreadyAnsweredError


def _about(row: AuthorizationRequest, session: Session, consent: Consent) -> About:
    return About(
        account_id=session.account_id,
        session_id=session.pk,
        organisation_id=row.application.organisation_id,
        application_id=row.application.client_id,
        object_kind="consent",
        object_id=str(consent.pk),
    )
