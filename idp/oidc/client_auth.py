"""Client authentication (RFC 6749 §2.3, OIDC Core §9): which application is calling?"""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeVar
from urllib.parse import unquote_to_bytes

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.limits.table import CLIENT_AUTHENTICATION
from accounts.security import keyed_hash
from clients.applications.certificates import rules as certificates
from clients.applications.credentials.operations import PURPOSE
from clients.models import Application
from idp.oidc import client_assertion, client_causes, fapi
from idp.oidc.client_jwt import RefusedJwtError, Unverified
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.failures import counted
from idp.oidc.mtls import client
from idp.oidc.mtls.certificate import RefusedCertificateError
from idp.oidc.used_once import UsedBeforeError

Row = TypeVar("Row", bound=Application)

_MAX_HEADER: Final = 2048
_CLIENT_ID: Final = re.compile(r"[\x20-\x7e]{1,255}")  # RFC 6749 Appendix A.1
_OF_ASSERTIONS: Final = "RFC 7521 §4.2, RFC 7523 §3"
# RFC 6749 §5.2. Some libraries show their developer the challenge alone, and not the body.
_CHALLENGE: Final = {
    "WWW-Authenticate": 'Basic realm="token", charset="UTF-8", error="invalid_client"'
}
_PUBLIC_TEXT: Final = (
    "Client authentication failed: check the client_id, the secret or key and that the request uses"
    " the method registered as token_endpoint_auth_method."
)


@dataclass(frozen=True)
class Credentials:
    """What a request presents, by which method."""

    client_id: str
    secret: str = field(repr=False)
    method: str
    assertion: Unverified | None = None


@cache
def applications() -> QuerySet[Application]:
    """Return the query that each request narrows to the caller: building it costs."""
    return Application.objects.select_related("organisation")


def authenticate(request: HttpRequest, parameters: Mapping[str, str]) -> Application:
    """Return the calling application, with its organisation, read afresh; both are active.

    Raises:
        ProtocolError: invalid_client, or invalid_request for two methods at once.
    """
    return authenticated(request, parameters, applications())[0]


def authenticated(
    request: HttpRequest, parameters: Mapping[str, str], rows: QuerySet[Row]
) -> list[Row]:
    """Return the caller's rows among these, which may be several where they join other tables.

    Raises:
        ProtocolError: as for `authenticate`.
    """
    presented = _presented(request, parameters)
    try:
        return _authenticated(presented, request, rows)
    except ProtocolError as error:
        error.claimed_client_id = presented.client_id
        raise


def check_confidential(application: Application) -> None:
    """Refuse an application that anybody can pass for, having neither secret nor key.

    Raises:
        ProtocolError: invalid_client.
    """
    if application.client_type != Application.CLIENT_CONFIDENTIAL:
        raise _refusal(
            public="A public application may not do this: authenticate by a secret or a key.",
            detail="public_client",
        )


def _authenticated(presented: Credentials, request: HttpRequest, rows: QuerySet[Row]) -> list[Row]:
    found = _find(presented, rows)
    if not found or not _is_by(presented.method, found[0]):
        # One text for all: who may not call must not learn which applications exist. Which of the
        # reasons it was is for the log and for the application's own people.
        cause = client_causes.cause(presented.client_id, presented.secret, presented.method)
        where = client_causes.parameter(cause, presented.method)
        refusal = _refusal(public=_PUBLIC_TEXT, detail=cause, parameter=where)
        refusal.sent = presented.method
        raise counted(refusal, CLIENT_AUTHENTICATION, presented.client_id, request)
    application = found[0]
    if presented.assertion is None:
        if application.token_endpoint_auth_method in certificates.METHODS:
            _check_certificate(presented, request, application)
        _check_active(application)
        return found
    try:
        claims = client_assertion.verify(presented.assertion, application)
    except RefusedJwtError as error:
        reason = f"client_assertion_{error.reason}"
        section = fapi.section_broken(reason, application) or _OF_ASSERTIONS
        raise _counted(presented, request, detail=reason, section=section) from error
    _check_active(application)
    try:
        client_assertion.use_up(claims, application)
    except UsedBeforeError as error:
        raise _refusal(
            public="The client assertion was used before: sign a new one for each request.",
            detail="client_assertion_used_before",
            section=_OF_ASSERTIONS,
        ) from error
    return found


def _is_by(method: str, application: Application) -> bool:
    registered = application.token_endpoint_auth_method
    # RFC 8705 §2: beside its certificate it sends no more than a public one, its client_id.
    is_bare = method == Application.AuthMethod.NONE
    return registered == method or (is_bare and registered in certificates.METHODS)


def _check_certificate(
    presented: Credentials, request: HttpRequest, application: Application
) -> None:
    try:
        client.check(request, application)
    except RefusedCertificateError as error:
        raise _counted(presented, request, detail=error.reason, section="RFC 8705 §2") from error


def _check_active(application: Application) -> None:
    if application.is_switched_off:
        raise _refusal(public="Sandbox applications are switched off here.", detail="sandbox_off")
    if not application.is_usable():
        raise _refusal(public="This application is suspended.", detail="application_not_active")


def _find(presented: Credentials, rows: QuerySet[Row]) -> list[Row]:
    """One statement, by index, for application, organisation and secret or keys."""
    if presented.assertion is not None:
        rows = rows.select_related("fetched_keys")
    elif presented.method != Application.AuthMethod.NONE:
        # Compared by the database, but as keyed hashes: its timing tells nothing of the secret.
        rows = rows.filter(
            Q(secrets__expires_at=None) | Q(secrets__expires_at__gt=timezone.now()),
            secrets__revoked_at=None,
            secrets__secret_hash__in=keyed_hash.candidates(PURPOSE, presented.secret),
        )
    return list(rows.filter(client_id=presented.client_id))


def _presented(request: HttpRequest, parameters: Mapping[str, str]) -> Credentials:
    header = request.headers.get("Authorization", "")
    asserted = "client_assertion" in parameters or "client_assertion_type" in parameters
    if bool(header) + asserted + ("client_secret" in parameters) > 1:
        # RFC 6749 §2.3: one method a request, no more.
        raise ProtocolError(
            ErrorCode.INVALID_REQUEST,
            "Authenticate in one way: by the Authorization header, a secret or an assertion.",
            detail="two_methods",
            section="RFC 6749 §2.3",
        )
    if header:
        return _from_header(header, parameters.get("client_id"))
    if asserted:
        return _from_assertion(parameters)
    client_id = parameters.get("client_id", "")
    if not _CLIENT_ID.fullmatch(client_id):
        raise _refusal(
            public="The request does not say which application is calling.", detail="no_client"
        )
    if "client_secret" in parameters:
        method = Application.AuthMethod.SECRET_POST
    else:
        method = Application.AuthMethod.NONE
    return Credentials(client_id, parameters.get("client_secret", ""), method)


def _from_header(header: str, named: str | None) -> Credentials:
    """Read HTTP Basic, whose two parts are form-encoded first (RFC 6749 §2.3.1)."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic" or len(header) > _MAX_HEADER:
        raise _refusal(public="The Authorization header is not HTTP Basic.", detail="not_basic")
    try:
        raw_id, colon, raw_secret = b64decode(encoded.strip(), validate=True).partition(b":")
        client_id, secret = _form_decoded(raw_id), _form_decoded(raw_secret)
    except ValueError as error:
        raise _refusal(
            public="The Basic credentials are malformed.", detail="malformed_basic"
        ) from error
    if not colon or not _CLIENT_ID.fullmatch(client_id) or "\0" in secret:
        raise _refusal(public="The Basic credentials are malformed.", detail="malformed_basic")
    if named not in (None, client_id):
        raise ProtocolError(
            ErrorCode.INVALID_REQUEST,
            "The body and the Authorization header name different applications.",
            detail="two_clients",
            parameter="client_id",
            section="RFC 6749 §2.3.1",
        )
    return Credentials(client_id, secret, Application.AuthMethod.SECRET_BASIC)


def _from_assertion(parameters: Mapping[str, str]) -> Credentials:
    """Read a client assertion (RFC 7521 §4.2); whose it is is still to be shown."""
    if parameters.get("client_assertion_type") != client_assertion.TYPE:
        raise _refusal(
            public=f"client_assertion_type must be {client_assertion.TYPE}.",
            detail="client_assertion_type",
            section=_OF_ASSERTIONS,
        )
    claimed = ""
    try:
        claimed, jwt = client_assertion.read(parameters.get("client_assertion", ""))
        client_assertion.check_content(jwt, claimed)
    except RefusedJwtError as error:
        raise _unfit_assertion(error, claimed) from error
    return Credentials(
        _asserted_client_id(claimed, parameters), "", Application.AuthMethod.PRIVATE_KEY_JWT, jwt
    )


def _unfit_assertion(reason: RefusedJwtError, claimed: str) -> ProtocolError:
    refusal = _refusal(
        public=f"The client assertion is refused. {reason.public}",
        detail=f"client_assertion_{reason.reason}",
        section=_OF_ASSERTIONS,
    )
    if _CLIENT_ID.fullmatch(claimed):
        refusal.claimed_client_id = claimed
    return refusal


def _asserted_client_id(client_id: str, parameters: Mapping[str, str]) -> str:
    if not _CLIENT_ID.fullmatch(client_id):
        raise _refusal(
            public="The sub of the client assertion is no client_id.",
            detail="client_assertion_subject",
            section=_OF_ASSERTIONS,
        )
    if parameters.get("client_id", client_id) != client_id:
        # RFC 7521 §4.2: client_id is unnecessary, and must be the subject of the assertion.
        raise _refusal(
            public="client_id and the sub of the client assertion differ.",
            detail="client_assertion_of_another_client",
            section=_OF_ASSERTIONS,
        )
    return client_id


def _form_decoded(raw: bytes) -> str:
    return unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")


def _counted(presented: Credentials, request: HttpRequest, **where: str) -> ProtocolError:
    refusal = _refusal(public=_PUBLIC_TEXT, **where)
    return counted(refusal, CLIENT_AUTHENTICATION, presented.client_id, request)


def _refusal(
    *,
    public: str,
    detail: str,
    parameter: str = "",
    section: str = "RFC 6749 §2.3, OIDC Core §9",
) -> ProtocolError:
    # RFC 9110 §15.5.2: every 401 names a scheme.
    return ProtocolError(
        ErrorCode.INVALID_CLIENT,
        public,
        detail=detail,
        status=401,
        headers=_CHALLENGE,
        parameter=parameter,
        section=section,
    )
