"""Requests that an application signed (RFC 9101, OIDC Core §6): by value or by reference."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urldefrag

from django.conf import settings

from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import OutgoingRefusedError
from clients.models import Application
from idp.oidc import client_jwt, fapi
from idp.oidc.client_jwt import Expected, Reason, RefusedJwtError
from idp.oidc.errors import ErrorCode
from idp.oidc.parameters import REPEATABLE

_ACCEPT: Final = "application/oauth-authz-req+jwt, application/jwt"
_OK: Final = 200
# §10.8: none of the kinds of JWT that say what they are.
_TYPES: Final = ("", "jwt", "oauth-authz-req+jwt")
# What tells of the JWT, not of the request (RFC 7519 §4.1).
_OF_THE_JWT: Final = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
_SECTION: Final = "RFC 9101 §6, OIDC Core §6"


@dataclass
class RefusedObjectError(Exception):
    """The request object is refused; members as those of an AuthorizationError."""

    code: ErrorCode
    public: str
    detail: str
    section: str = _SECTION


def fetched(uri: str, application: Application) -> str:
    """Return what is at a request_uri, which must be one of the application's own (§5.2).

    It is asked each time: never call it inside a transaction.

    Raises:
        RefusedObjectError: it is none of them, or does not answer.
    """
    # OIDC Core §6.2: the fragment tells of the content's version and is never sent.
    registered = {urldefrag(one).url for one in application.request_uris}
    if urldefrag(uri).url not in registered:
        words = "The request_uri is not one that is registered for this application."
        code = ErrorCode.INVALID_REQUEST_URI
        raise RefusedObjectError(code, words, "unregistered_request_uri", "OIDC Core §6.2")
    try:
        answer = fetch(uri, accept=_ACCEPT, limit_bytes=client_jwt.MAX_LENGTH)
    except OutgoingRefusedError as error:
        raise _unreadable(detail=f"request_uri_{error.reason}") from error
    if answer.status != _OK:
        raise _unreadable(detail="request_uri_status")
    return answer.body.decode("ascii", errors="replace").strip()


def parameters(token: str, application: Application) -> dict[str, str]:
    """Return the parameters that this application signed, as texts.

    May ask the application's jwks_uri: never call it inside a transaction.

    Raises:
        RefusedObjectError: it is no request that this application signed for us.
    """
    try:
        claims = client_jwt.verify(client_jwt.read(token), application, _expected(application))
    except RefusedJwtError as error:
        unsigned = error.reason is Reason.UNSIGNED
        code = ErrorCode.REQUEST_NOT_SUPPORTED if unsigned else ErrorCode.INVALID_REQUEST_OBJECT
        words = f"The request object is refused. {error.public}"
        raise RefusedObjectError(code, words, f"request_object_{error.reason}") from error
    if claims.keys() & {"request", "request_uri"}:
        # §4. Whoever signs a reference has not seen what will be there.
        words, detail = "A request object holds neither request nor request_uri.", "nested_request"
        code = ErrorCode.INVALID_REQUEST_OBJECT
        raise RefusedObjectError(code, words, detail, "RFC 9101 §4")
    return _texts(claims)


def _texts(claims: Mapping[str, Any]) -> dict[str, str]:
    found = {name: _text(name, value) for name, value in claims.items() if name not in _OF_THE_JWT}
    return {name: text for name, text in found.items() if text}


def _text(name: str, value: object) -> str:
    """Return the value as a query would hold it; what fits none there is left to its own check."""
    if value is None:
        return ""
    # RFC 8707 §2: what may come several times in a query is an array here.
    if (
        name in REPEATABLE
        and isinstance(value, list)
        and all(isinstance(one, str) for one in value)
    ):
        return " ".join(value)
    # §4: numbers are JSON numbers, `claims` is a JSON object.
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _expected(application: Application) -> Expected:
    return Expected(
        types=_TYPES,
        audiences=(settings.ISSUER,),
        # Unlike an assertion, it proves nothing: sent on to us by another server that it names, it
        # only asks a resident for what the application asked.
        others_too=True,
        algorithm=application.request_object_algorithm,
        **fapi.request_rules(application),
    )


def _unreadable(*, detail: str) -> RefusedObjectError:
    # One sentence: nobody learns from an error what our network reaches.
    words = "The request_uri could not be read."
    return RefusedObjectError(ErrorCode.INVALID_REQUEST_URI, words, detail, "RFC 9101 §5.2.3")
