"""Tokens for a program in its own name (RFC 6749 §4.4, RFC 9068): no resident, no refresh."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

from django.conf import settings
from django.db.models import F, QuerySet

from clients.applications.columns import kind_of
from clients.applications.registration import Kind
from clients.models import Application, Organisation
from idp.keys import queries as keys
from idp.oidc import access_token, event_scopes, resource
from idp.oidc.confirmation import Confirmation, token_type
from idp.oidc.errors import ErrorCode, ProtocolError

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        kid: str | None
        called: str | None
        called_scopes: list[str] | None
        called_status: str | None

    Caller: TypeAlias = WithAnnotations[Application, _Columns]

GRANT_TYPE: Final = "client_credentials"


@cache
def callers() -> "QuerySet[Caller]":
    """Return applications, one row for each resource that one calls, each with the key that signs.

    All in the statement that authenticates the caller; a narrowed copy is made each time.
    """
    return Application.objects.select_related("organisation").annotate(
        kid=keys.kid_column("algorithm"),
        called=F("calls__identifier"),
        called_scopes=F("calls__scopes"),
        called_status=F("calls__organisation__status"),
    )


def issue(
    rows: "Sequence[Caller]", parameters: Mapping[str, str], *, cnf: Confirmation, now: datetime
) -> dict[str, Any]:
    """Write the token's row and return the token response (RFC 6749 §4.4.3).

    Raises:
        ProtocolError: unauthorized_client, invalid_target or invalid_scope.
        NoSigningKeyError: no key of the application's algorithm is active.
    """
    _check_confidential(rows[0])
    named, asked = parameters.get(resource.PARAMETER), parameters.get("scope", "")
    for_events = _is_for_events(rows[0], named, asked)
    if not for_events:
        _check_service(rows[0])
    caller = rows[0] if for_events else _chosen(rows, named)
    target = "" if for_events else caller.called or ""
    scopes = _scopes(event_scopes.ALL if for_events else caller.called_scopes or (), asked)
    key = keys.signing_key_read(caller.kid, caller.algorithm)
    issued = access_token.issue_in_own_name(
        caller, resource=target, scopes=scopes, cnf=cnf, key=key, now=now
    )
    return {
        "access_token": issued.token,
        "token_type": token_type(cnf),
        "expires_in": issued.expires_in,
        "scope": " ".join(scopes),
    }


def _check_confidential(application: Application) -> None:
    # RFC 6749 §4.4: whoever has no secret has no name of its own, whatever its registration says.
    if application.client_type != Application.CLIENT_CONFIDENTIAL:
        raise ProtocolError(
            ErrorCode.UNAUTHORIZED_CLIENT,
            "Only an application that authenticates gets a token in its own name.",
            detail="public_client",
            parameter="grant_type",
            section="RFC 6749 §4.4",
        )


def _check_service(application: Application) -> None:
    # One for residents has this grant for its own events alone: that it may call an API for them
    # does not let it act there in its own name.
    if kind_of(application) is not Kind.SERVICE:
        raise ProtocolError(
            ErrorCode.UNAUTHORIZED_CLIENT,
            f"In its own name this application may ask for {' '.join(event_scopes.ALL)} alone.",
            detail="not_a_service",
            parameter="scope",
            section="RFC 6749 §4.4.2",
        )


def _is_for_events(caller: Application, named: str | None, asked: str) -> bool:
    """Say whether the token is to be for our own endpoints: by resource, or by its scopes alone."""
    wanted = set(asked.split())
    by_scope = named is None and bool(wanted) and wanted <= set(event_scopes.ALL)
    return caller.receives_events and (named == settings.ISSUER or by_scope)


def _chosen(rows: "Sequence[Caller]", named: str | None) -> "Caller":
    """Return the row of the resource that is named, or of the only one (RFC 8707 §2)."""
    live = [row for row in rows if row.called_status == Organisation.Status.ACTIVE]
    fitting = [row for row in live if named in (None, row.called)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        words = "The application may call several resources: name one."
        raise resource.invalid_target(words, detail="resource_missing")
    words = "The resource is none that this application may call."
    raise resource.invalid_target(words, detail="resource_not_callable")


def _scopes(known: Sequence[str], asked: str) -> list[str]:
    """Return the scopes asked for: left out, they never mean all (RFC 6749 §3.3)."""
    wanted = dict.fromkeys(asked.split())
    if wanted.keys() <= set(known) and (wanted or not known):
        return list(wanted)
    words = "The resource has no scopes: ask for none."
    if known:
        words = f"Name in scope what the application wants to do: {' '.join(known)}."
    raise ProtocolError(
        ErrorCode.INVALID_SCOPE,
        words,
        detail="scope_beyond_resource" if wanted else "scope_missing",
        parameter="scope",
        section="RFC 6749 §3.3",
    )
