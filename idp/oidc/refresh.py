"""Refresh tokens: each is used once and replaced (RFC 6749 §6, RFC 9700 §4.14.2).

But for the high profile, whose tokens are bound to a key or certificate: there one stays the same.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit import actor
from accounts.audit.events import Event
from accounts.audit.operations import record
from accounts.security import keyed_hash
from clients.models import Application
from idp.keys import queries as keys
from idp.models import RefreshToken
from idp.oidc import fapi, issuing, refusals, resource, standing, subjects
from idp.oidc.basis import Basis
from idp.oidc.confirmation import Confirmation, goes_on
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
        family_over: bool

    _LoadedToken: TypeAlias = WithAnnotations[RefreshToken, _Columns]

_SECTION: Final = "RFC 6749 §6"
_WHERE: Final = {"parameter": "refresh_token", "section": _SECTION}
_UNKNOWN: Final = "The refresh token is unknown, ended or was issued to another application."


@dataclass(frozen=True)
class Refresh:
    """A refresh token, who presents it, what it asks for (none: all) and when it arrived.

    `cnf` is the key that the new tokens will be bound to.
    """

    application: Application
    token: str = field(repr=False)
    scope: str
    resource: str | None
    cnf: Confirmation
    at: datetime


def rotate(refresh: Refresh) -> dict[str, Any]:
    """Return new tokens for a refresh token, which is replaced by it where tokens rotate.

    Raises:
        ProtocolError: invalid_grant, invalid_scope or invalid_target. It is replaced only if
            tokens were issued.
    """
    with transaction.atomic():
        outcome = _rotate(refresh)
    # Raised only now: what a replay ended must stay ended.
    if isinstance(outcome, ProtocolError):
        raise outcome
    return outcome


def _rotate(refresh: Refresh) -> dict[str, Any] | ProtocolError:
    row = _locked(refresh.token)
    if row is None:
        return _good_no_more(public=_UNKNOWN, detail="refresh_token_unknown")
    if row.application_id != refresh.application.pk:
        detail = "refresh_token_of_another_application"
        return refusals.not_theirs(public=_UNKNOWN, detail=detail, **_WHERE)
    if row.revoked is not None or row.family_over:
        return _good_no_more(public=_UNKNOWN, detail="refresh_token_revoked")
    scopes = _scopes(row, refresh)
    refusal = (
        _moved(row, refresh)
        or _used(row, refresh)
        or _over(row, refresh)
        or _too_much(row, refresh)
    )
    if refusal is not None:
        return refusal
    audience = resource.narrowed(row.resource, refresh.resource, may_call=row.may_call)
    now = timezone.now()
    replaces = fapi.may_rotate(refresh.application)
    basis = replace(_basis(row, refresh.application, scopes), resource=audience, cnf=refresh.cnf)
    expires = issuing.refresh_token_expires(basis, now=now)
    used = {"rotated_at": now} if replaces else {"expires": expires}
    RefreshToken.objects.filter(pk=row.pk).update(**used)
    return issuing.issue(basis, event=Event.TOKENS_REFRESHED, now=now, may_refresh=replaces)


def _locked(token: str) -> "_LoadedToken | None":
    """Load the token and all it stands on in one statement; a parallel refresh waits here."""
    hashes = keyed_hash.candidates(issuing.REFRESH_PURPOSE, token)
    try:
        return _rows().get(token_hash__in=hashes)
    except RefreshToken.DoesNotExist:
        return None


@cache
def _rows() -> "QuerySet[_LoadedToken]":
    """Return the query that each request narrows to one row: building it costs more than asking."""
    rows = RefreshToken.objects.select_for_update(of=("self",), no_key=True)
    related = rows.select_related("user", "consent", "participant")
    return related.annotate(
        subject=subjects.column(),
        old_ids=old_user_ids.column(),
        signing_kid=keys.kid_column("application__algorithm"),
        may_call=resource.may_call_column(),
        family_over=standing.family_over("token_family"),
    )


def _moved(row: "_LoadedToken", refresh: Refresh) -> ProtocolError | None:
    """Refuse a token that somebody presents without the key that it is bound to."""
    is_public = refresh.application.client_type == refresh.application.CLIENT_PUBLIC
    if goes_on(row.cnf, refresh.cnf, is_public=is_public):
        return None
    return refusals.not_theirs(
        public="The refresh token is bound to a key: prove that you hold it.",
        detail="refresh_token_bound_to_another_key",
        parameter="refresh_token",
        section="RFC 9449 §5",
    )


def _used(row: "_LoadedToken", refresh: Refresh) -> ProtocolError | None:
    if row.rotated_at is None:
        return None
    # Two tabs or a retry send the same token within moments: that ends nothing. Later, either the
    # caller or the holder of its successor is a thief, and nobody can tell which.
    if refresh.at - row.rotated_at >= settings.REFRESH_REUSE_GRACE:
        about = _basis(row, refresh.application, []).about()
        by = actor.application(refresh.application.client_id)
        record(Event.REFRESH_TOKEN_REUSED, by=by, about=about)
        end_for_family(family=row.token_family, about=about, by=by)
    return _good_no_more(public="The refresh token was used before.", detail="refresh_token_used")


def _over(row: "_LoadedToken", refresh: Refresh) -> ProtocolError | None:
    if row.expires <= refresh.at:
        return _good_no_more(public="The refresh token expired.", detail="refresh_token_expired")
    application = refresh.application
    if issuing.OFFLINE not in row.consent.scopes:
        # The resident has taken that back, and shares the rest.
        return refusals.fallen(standing.Fallen.CONSENT_WITHDRAWN)
    reason = standing.of_agreement(
        account=row.user, application=application, consent=row.consent, now=refresh.at
    ) or standing.of_level(acr=row.authentication["acr"], application=application)
    return refusals.fallen(reason) if reason is not None else None


def _good_no_more(*, public: str, detail: str) -> ProtocolError:
    return refusals.over(public=public, detail=detail, **_WHERE)


def _scopes(row: "_LoadedToken", refresh: Refresh) -> list[str]:
    """Return what the new access token gets: never more than the resident still agrees to."""
    asked = refresh.scope.split()
    covered = standing.still_covered(row.scope, row.consent)
    return [name for name in covered if name in asked] if asked else covered


def _too_much(row: "_LoadedToken", refresh: Refresh) -> ProtocolError | None:
    if set(refresh.scope.split()) <= set(row.scope.split()):
        return None
    return ProtocolError(
        ErrorCode.INVALID_SCOPE,
        "scope names more than the resident granted to this refresh token.",
        detail="scope_beyond_grant",
        parameter="scope",
        section=_SECTION,
    )


def _basis(row: "_LoadedToken", application: Application, scopes: list[str]) -> Basis:
    return Basis(
        account=row.user,
        application=application,
        consent=row.consent,
        participant=row.participant,
        session=None,
        family=row.token_family,
        subject=row.subject,
        old_ids=row.old_ids,
        signing_kid=row.signing_kid,
        scopes=scopes,
        granted=row.scope,
        granted_resource=row.resource,
        authentication=row.authentication,
        claims=row.claims,
    )
