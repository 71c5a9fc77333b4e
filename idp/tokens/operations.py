"""Ends codes and tokens. Whatever is ended here is refused at its next use at our endpoints."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, Session
from clients.models import Application, Organisation
from idp.models import AccessToken, DeviceGrant, Grant, Participant, RefreshToken

_NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class _Which:
    """Which rows of each table end; `codes` are those of browsers and of devices."""

    access_tokens: Q
    codes: Q = _NOTHING
    refresh_tokens: Q = _NOTHING


def end_for_sessions(*, sessions: Collection[UUID], reason: str, by: Actor) -> None:
    """End what lives no longer than these sessions; offline tokens stay."""
    which = _Which(
        access_tokens=Q(session__in=sessions), codes=Q(participant__session__in=sessions)
    )
    only = next(iter(sessions)) if len(sessions) == 1 else None
    _end(which, about=About(session_id=only, reason=reason), by=by)


def end_for_participant(*, participant: Participant, reason: str, by: Actor) -> None:
    """End what one application holds of one session; offline tokens stay."""
    which = _Which(
        access_tokens=Q(session=participant.session_id, application=participant.application_id),
        codes=Q(participant=participant),
    )
    about = About(
        session_id=participant.session_id,
        application_id=participant.application.client_id,
        reason=reason,
    )
    _end(which, about=about, by=by)


def end_for_account_and_application(
    *, account: Account, application: Application, reason: str, by: Actor
) -> None:
    """End all that one application holds of one account, under whichever agreement."""
    about = About(account_id=account.pk, application_id=application.client_id, reason=reason)
    _end(_all(Q(user=account, application=application)), about=about, by=by)


def end_for_application(*, application: Application, reason: str, by: Actor) -> None:
    """End all that an application holds of anybody."""
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        reason=reason,
    )
    _end(_all(Q(application=application)), about=about, by=by)


def end_for_organisation(*, organisation: Organisation, reason: str, by: Actor) -> None:
    """End all that any application of an organisation holds of anybody."""
    about = About(organisation_id=organisation.pk, reason=reason)
    _end(_all(Q(application__organisation=organisation)), about=about, by=by)


def end_for_account(*, account: Account, reason: str, by: Actor) -> None:
    """End all that anybody holds of an account."""
    _end(_all(Q(user=account)), about=About(account_id=account.pk, reason=reason), by=by)


def end_offline_for_account(*, account: Account, reason: str, by: Actor) -> None:
    """End an account's refresh tokens and what was made from them; sessions keep theirs."""
    which = _Which(
        access_tokens=Q(user=account, session=None),
        refresh_tokens=Q(user=account),
    )
    _end(which, about=About(account_id=account.pk, reason=reason), by=by)


def end_for_family(*, family: UUID, about: About, by: Actor) -> None:
    """End all that came from one authorization code (RFC 6749 §4.1.2, RFC 9700 §4.14.2)."""
    which = _Which(access_tokens=Q(token_family=family), refresh_tokens=Q(token_family=family))
    _end(which, about=about, by=by)


@transaction.atomic
def move(*, to: Session, sessions: Collection[UUID]) -> None:
    """Let live access tokens of these sessions go on under the one that replaces them.

    Only where the application takes part in it; codes and refresh tokens go with their participant.
    """
    taking_part = Participant.objects.filter(session=to).values("application")
    live = AccessToken.objects.filter(session__in=sessions, revoked_at=None)
    live.filter(application__in=taking_part).update(session=to)


def _all(rows: Q) -> _Which:
    return _Which(access_tokens=rows, codes=rows, refresh_tokens=rows)


@transaction.atomic
def _end(which: _Which, *, about: About, by: Actor) -> None:
    now = timezone.now()
    # In this order: a code being exchanged at this moment is locked, so this waits for its tokens
    # to be there and ends them too. Refresh tokens that were rotated end like the rest: one
    # revoked row ends its whole family, also for a rotation that runs beside this.
    # A code has no state "revoked": one that expired is refused, and kept to notice its replay.
    codes = sum(
        model.objects.filter(which.codes, used_at=None, expires__gt=now).update(expires=now)
        for model in (Grant, DeviceGrant)
    )
    refresh = RefreshToken.objects.filter(which.refresh_tokens, revoked=None).update(revoked=now)
    access = AccessToken.objects.filter(
        which.access_tokens, revoked_at=None, expires__gt=now
    ).update(revoked_at=now)
    if not access + codes + refresh:
        return
    counts = {"access_tokens": access, "codes": codes, "refresh_tokens": refresh}
    record(Event.TOKENS_REVOKED, by=by, about=_with(about, counts))


def _with(about: About, counts: dict[str, int]) -> About:
    return replace(about, detail={**about.detail, **counts})
