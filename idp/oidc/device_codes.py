"""Device codes: a device waits with one until its owner answers, and redeems it once (RFC 8628)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit import actor
from accounts.audit.events import Event
from accounts.audit.operations import record
from accounts.models import Account
from accounts.security import keyed_hash
from clients.applications.registration import DEVICE_GRANT
from clients.models import Application
from idp.keys import queries as keys
from idp.models import AuthorizationRequest, Consent, DeviceGrant, Participant
from idp.oidc import issuing, optional, refusals, resource, standing, subjects
from idp.oidc.assurance import authentication_of
from idp.oidc.basis import Basis
from idp.oidc.confirmation import Confirmation
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.old_user_ids import queries as old_user_ids
from idp.tokens.operations import end_for_family

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        subject: str
        old_ids: str | None
        signing_kid: str | None
        may_call: bool

    _LoadedGrant: TypeAlias = WithAnnotations[DeviceGrant, _Columns]

GRANT_TYPE: Final = DEVICE_GRANT
PURPOSE: Final = "device_code"
INTERVAL: Final = 5
# RFC 8628 §3.5, and what a poll may be early by: the network carried the last one slowly, maybe.
_SLOWER_BY: Final = 5
_EARLY: Final = timedelta(seconds=1)
_SECTION: Final = "RFC 8628 §3.5"
_WHERE: Final = {"parameter": "device_code", "section": _SECTION}
_UNKNOWN: Final = "The device_code is unknown, expired long ago or is another application's."


class NotWaitingError(Exception):
    """The device waits no more: it was answered before, or its code expired."""


@dataclass(frozen=True)
class Poll:
    """A device code, who presents it, the resource it names (RFC 8707), and when it arrived.

    `cnf` is the key that the tokens for it will be bound to.
    """

    application: Application
    code: str = field(repr=False)
    resource: str | None
    cnf: Confirmation
    at: datetime


def waiting() -> QuerySet[DeviceGrant]:
    """Return the devices that nobody has answered yet and that may still be answered."""
    return DeviceGrant.objects.filter(
        status=DeviceGrant.AUTHORIZATION_PENDING, expires__gt=timezone.now()
    )


def allow(
    *,
    device: int,
    request: AuthorizationRequest,
    participant: Participant,
    consent: Consent,
    account: Account,
) -> None:
    """Let in the device that this request was made for; `participant` comes with its session.

    Raises:
        NotWaitingError: it waits no more; nothing was changed.
    """
    application = request.application
    subjects.subject_for(account, application)
    authentication = authentication_of(
        participant.session,
        asked=request.acr_values,
        at_least=Level(application.minimum_level),
    )
    # One statement, with its condition inside: of two people with the code, one alone answers.
    if not _waiting(device).update(
        status=DeviceGrant.AUTHORIZED,
        user=account,
        participant=participant,
        consent=consent,
        scope=" ".join(optional.to_share(request, account).scopes),
        authentication=authentication,
    ):
        raise NotWaitingError


def refuse(*, device: int) -> bool:
    """Turn the device away; say whether it was still waiting."""
    return bool(_waiting(device).update(status=DeviceGrant.DENIED))


def _waiting(device: int) -> QuerySet[DeviceGrant]:
    return waiting().filter(pk=device)


def redeem(poll: Poll) -> dict[str, Any]:
    """Return the token response for a device that was let in; its code is used up by it.

    Raises:
        ProtocolError: authorization_pending, slow_down, access_denied, expired_token, invalid_grant
            or invalid_target. The code is used up only if tokens were issued.
    """
    with transaction.atomic():
        outcome = _redeem(poll)
    # Raised only now: how fast it polls, and what a replay ended, must be kept.
    if isinstance(outcome, ProtocolError):
        raise outcome
    return outcome


def _redeem(poll: Poll) -> dict[str, Any] | ProtocolError:
    row = _locked(poll.code)
    if row is None:
        return refusals.not_theirs(public=_UNKNOWN, detail="device_code_unknown", **_WHERE)
    if row.application_id != poll.application.pk:
        detail = "device_code_of_another_application"
        return refusals.not_theirs(public=_UNKNOWN, detail=detail, **_WHERE)
    refusal = _used(row, poll) or _unanswered(row, poll)
    if refusal is not None:
        return refusal
    basis = _basis(row, poll.application)
    reason = _fallen(basis, poll.at)
    if reason is not None:
        words = "What the resident allowed has ended: ask for a new device_code."
        return refusals.over(public=words, detail=reason, **_WHERE)
    audience = resource.narrowed(row.resource, poll.resource, may_call=row.may_call)
    now = timezone.now()
    DeviceGrant.objects.filter(pk=row.pk).update(used_at=now)
    basis = replace(basis, resource=audience, cnf=poll.cnf)
    return issuing.issue(basis, event=Event.TOKENS_ISSUED, now=now)


def _locked(code: str) -> "_LoadedGrant | None":
    """Load the code and all it stands on in one statement; a parallel poll waits here."""
    try:
        return _rows().get(device_code_hash__in=keyed_hash.candidates(PURPOSE, code))
    except DeviceGrant.DoesNotExist:
        return None


@cache
def _rows() -> "QuerySet[_LoadedGrant]":
    """Return the query that each request narrows to one row: building it costs more than asking."""
    rows = DeviceGrant.objects.select_for_update(of=("self",), no_key=True)
    related = rows.select_related("user", "consent", "participant__session")
    return related.annotate(
        subject=subjects.column(),
        old_ids=old_user_ids.column(),
        signing_kid=keys.kid_column("application__algorithm"),
        may_call=resource.may_call_column(),
    )


def _used(row: "_LoadedGrant", poll: Poll) -> ProtocolError | None:
    if row.used_at is None:
        return None
    # As for authorization codes: twins of one poll end nothing; later, somebody has a copy.
    if poll.at - row.used_at >= settings.CODE_REUSE_GRACE:
        about = _basis(row, poll.application).about()
        by = actor.application(poll.application.client_id)
        record(Event.DEVICE_CODE_REUSED, by=by, about=about)
        end_for_family(family=row.token_family, about=about, by=by)
    return refusals.over(
        public="The device_code was used before.", detail="device_code_used", **_WHERE
    )


def _unanswered(row: "_LoadedGrant", poll: Poll) -> ProtocolError | None:
    if row.status == DeviceGrant.DENIED:
        words = "The resident did not let the device in."
        return _answer(ErrorCode.ACCESS_DENIED, words, "resident_refused_device")
    if row.expires <= poll.at:
        words = "The device_code expired: ask for a new one."
        return _answer(ErrorCode.EXPIRED_TOKEN, words, "device_code_expired")
    if row.status == DeviceGrant.AUTHORIZATION_PENDING:
        return _wait(row, poll.at)
    return None


def _wait(row: "_LoadedGrant", at: datetime) -> ProtocolError:
    """Note the poll; one that came too early makes all that follow wait longer."""
    earliest = timedelta(seconds=row.interval) - _EARLY
    too_fast = row.polled_at is not None and at - row.polled_at < earliest
    interval = row.interval + _SLOWER_BY if too_fast else row.interval
    DeviceGrant.objects.filter(pk=row.pk).update(polled_at=at, interval=interval)
    if too_fast:
        words = f"Wait {interval} seconds before each poll from now on."
        return _answer(ErrorCode.SLOW_DOWN, words, "polled_too_fast")
    words = "The resident has not answered yet: ask again later."
    return _answer(ErrorCode.AUTHORIZATION_PENDING, words, "resident_has_not_answered")


def _answer(code: ErrorCode, public: str, detail: str) -> ProtocolError:
    return ProtocolError(code, public, detail=detail, parameter="device_code", section=_SECTION)


def _fallen(basis: Basis, at: datetime) -> standing.Fallen | None:
    account, application = basis.account, basis.application
    return (
        standing.of_agreement(
            account=account, application=application, consent=basis.consent, now=at
        )
        or standing.of_sign_in(
            session=basis.participant.session,
            account=account,
            signed_out=basis.participant.signed_out_at is not None,
            now=at,
        )
        or standing.of_level(acr=basis.authentication["acr"], application=application)
    )


def _basis(row: "_LoadedGrant", application: Application) -> Basis:
    account, consent, participant = row.user, row.consent, row.participant
    if account is None or consent is None or participant is None or row.authentication is None:
        message = "who let the device in is in its row"
        raise AssertionError(message)
    return Basis(
        account=account,
        application=application,
        consent=consent,
        participant=participant,
        session=participant.session,
        family=row.token_family,
        subject=row.subject,
        old_ids=row.old_ids,
        signing_kid=row.signing_kid,
        scopes=standing.still_covered(row.scope, consent),
        granted=row.scope,
        granted_resource=row.resource,
        authentication=row.authentication,
        claims={},
    )
