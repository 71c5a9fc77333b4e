"""Whose stream: the access token that an application got in its own name (SSF §8, RFC 6750)."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from clients.models import Application
from idp.keys import jwt
from idp.keys import queries as keys
from idp.models import AccessToken
from idp.oidc import access_token, event_scopes, protected
from idp.oidc.endpoint import MachineRequest
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.protected import Shown

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        jwk: dict[str, Any] | None
        family_over: bool
        signed_out: bool
        signing_kid: str | None

    _Loaded: TypeAlias = WithAnnotations[AccessToken, _Columns]


@dataclass(frozen=True)
class Receiver:
    """An application that may hear of events; `signing_kid` names the key that signs for it."""

    application: Application
    signing_kid: str | None


def managing(request: MachineRequest) -> Receiver:
    """Return who the request is from, if it may change its stream.

    Raises:
        ProtocolError: 401 or 403 with a challenge (RFC 6750 §3).
    """
    return _receiver(request, (event_scopes.MANAGE,))


def reading(request: MachineRequest) -> Receiver:
    """Return who the request is from, if it may read its stream; whoever manages it may, too.

    Raises:
        ProtocolError: 401 or 403 with a challenge (RFC 6750 §3).
    """
    return _receiver(request, event_scopes.ALL)


def _receiver(request: MachineRequest, sufficient: tuple[str, ...]) -> Receiver:
    # In the header, its one place (CAEP Interoperability Profile §2.7.3).
    shown = protected.shown_in(request, realm="events")
    try:
        unverified = jwt.peek(shown.token, typ=jwt.Typ.ACCESS_TOKEN)
        row: _Loaded = access_token.find(unverified.claims, _rows())
        claims = access_token.verified(shown.token, row, audience=settings.ISSUER)
    except jwt.NotOurs as error:
        raise _invalid(shown, detail=error.reason) from error
    if reason := access_token.ended(row, now=timezone.now()):
        raise _invalid(shown, detail=reason)
    application = row.application
    if application is None:
        raise _invalid(shown, detail="token_of_no_application")
    request.application = application
    # A token that stands on a resident's agreement is for userinfo, whatever its scopes are called.
    scopes = row.scope.split() if row.user_id is None else []
    # Read afresh: what an operator took back is gone at once, not with the token.
    if not application.receives_events or not set(scopes) & set(sufficient):
        raise _insufficient(shown, sufficient[-1])
    protected.check_holder(request, shown, claims.get("cnf", {}), application)
    return Receiver(application, row.signing_kid)


@cache
def _rows() -> "QuerySet[_Loaded]":
    return access_token.rows().annotate(signing_kid=keys.kid_column("application__algorithm"))


def _invalid(shown: Shown, *, detail: str) -> ProtocolError:
    words = "The access token is unknown, expired or ended, or for something else."
    error = ProtocolError(
        ErrorCode.INVALID_TOKEN, words, detail=detail, status=401, section=protected.ERRORS
    )
    return shown.challenged(error)


def _insufficient(shown: Shown, scope: str) -> ProtocolError:
    error = ProtocolError(
        ErrorCode.INSUFFICIENT_SCOPE,
        f"This needs a token of the application's own, with the scope {scope}.",
        detail="insufficient_scope",
        status=403,
        section=protected.ERRORS,
    )
    return shown.challenged(error, f', scope="{scope}"')
