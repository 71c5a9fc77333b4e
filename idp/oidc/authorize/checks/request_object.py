"""Requests in other forms than parameters of the address (RFC 9101, OIDC Core §6)."""

from typing import Final

from accounts.limits.operations import hit
from accounts.limits.table import REQUEST_URI
from idp.oidc import request_object
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks import client
from idp.oidc.errors import AuthorizationError, ErrorCode, RedirectedError, ShownError
from idp.oidc.request_object import RefusedObjectError

# OIDC Core §6.1: of the parameters outside, these count where the object leaves them out.
_OUTSIDE: Final = ("client_id", "response_type", "scope")
# A scope outside only says that this is OpenID Connect: the object may ask for more.
_EQUAL: Final = ("client_id", "response_type")


def check_request_object(asked: Asked) -> AuthorizationError | None:
    """Let the parameters that the application signed take the place of all others (RFC 9101 §6.3).

    Before any of these is read: until then nothing but the client_id is known.
    """
    named = [name for name in ("request", "request_uri") if name in asked.parameters]
    if not named:
        return _check_not_needed(asked)
    if len(named) > 1:
        words, detail = "Send request or request_uri, not both.", "request_and_request_uri"
        code, section = ErrorCode.INVALID_REQUEST, "RFC 9101 §5"
        return _refusal(asked, RefusedObjectError(code, words, detail, section), "request")
    try:
        asked.parameters = _merged(asked, _parameters(asked))
    except RefusedObjectError as error:
        return _refusal(asked, error, named[0])
    return None


def check_registration(asked: Asked) -> AuthorizationError | None:
    """Register nobody on the way (OIDC Core §3.1.2.6)."""
    if "registration" not in asked.parameters:
        return None
    return RedirectedError(
        ErrorCode.REGISTRATION_NOT_SUPPORTED,
        "The parameter registration is not supported.",
        detail="registration_used",
        parameter="registration",
        section="OIDC Core §3.1.2.6",
    )


def _check_not_needed(asked: Asked) -> AuthorizationError | None:
    if not asked.application.requires_signed_requests:
        return None
    words, code = "This application must sign its requests.", ErrorCode.INVALID_REQUEST
    refused = RefusedObjectError(code, words, "not_signed", "RFC 9101 §10.5")
    return _refusal(asked, refused, "request")


def _parameters(asked: Asked) -> dict[str, str]:
    application, uri = asked.application, asked.parameters.get("request_uri")
    if uri is None:
        return request_object.parameters(asked.parameters["request"], application)
    if not hit(REQUEST_URI, application.client_id, asked.network).allowed:
        words = "Too many requests by request_uri. Try again later."
        code, section = ErrorCode.TEMPORARILY_UNAVAILABLE, "RFC 9101 §10.4.1"
        raise RefusedObjectError(code, words, "limited_request_uri", section)
    return request_object.parameters(request_object.fetched(uri, application), application)


def _merged(asked: Asked, signed: dict[str, str]) -> dict[str, str]:
    outside = asked.parameters
    for name in _EQUAL:
        if name in outside and signed.get(name, outside[name]) != outside[name]:
            words = f"The {name} differs inside and outside of the request object."
            detail, code = f"{name}_differs", ErrorCode.INVALID_REQUEST_OBJECT
            raise RefusedObjectError(code, words, detail, "RFC 9101 §5, OIDC Core §6.1")
    # RFC 9101 §10.5: of an application that must sign its requests, no more than who it is.
    counted = _OUTSIDE[:1] if asked.application.requires_signed_requests else _OUTSIDE
    return {name: outside[name] for name in counted if name in outside} | signed


def _refusal(asked: Asked, refused: RefusedObjectError, parameter: str) -> AuthorizationError:
    """Send the refusal where the address says, if that is the application's own, or show it."""
    code = _code(asked, refused.code, parameter)
    trusted = client.check_redirect_uri(asked) is None
    kind = RedirectedError if trusted else ShownError
    if trusted:
        client.check_response_mode(asked)
        client.check_state(asked)
    return kind(
        code, refused.public, detail=refused.detail, parameter=parameter, section=refused.section
    )


def _code(asked: Asked, code: ErrorCode, parameter: str) -> ErrorCode:
    """Return the code for an unsigned request by how it came; other codes are as they are.

    OIDC Core §3.1.2.6. Where a program hears of it, FAPI 2.0 wants it called what it is.
    """
    if code is not ErrorCode.REQUEST_NOT_SUPPORTED:
        return code
    if asked.is_pushed:
        return ErrorCode.INVALID_REQUEST_OBJECT
    return ErrorCode.REQUEST_URI_NOT_SUPPORTED if parameter == "request_uri" else code
