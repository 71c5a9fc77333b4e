"""The JSON that a program sends, bounded before anything reads it (RFC 7591 §3.1)."""

from typing import Any, Final

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.strict_json import NotStrictError, parse_object

MAX_BODY: Final = 64 * 1024
_SECTION: Final = "RFC 7591 §3.1"


def read(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object in the body.

    Raises:
        ProtocolError: invalid_request; the body is none, or too large.
    """
    if request.content_type != "application/json":
        raise _refusal(public="Send the metadata as application/json.", detail="wrong_content_type")
    try:
        return parse_object(_body(request))
    except NotStrictError as error:
        words = "The body is not one JSON object: UTF-8, each member once, few levels, no NUL."
        raise _refusal(public=words, detail=f"json_{error.fault}") from error


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > len(str(MAX_BODY)) or int(length) > MAX_BODY:
        raise _refusal(public="The request is too large.", detail="too_large")
    try:
        return request.body
    except UnreadablePostError as error:
        raise _refusal(public="The request broke off.", detail="broken_off") from error


def _refusal(*, public: str, detail: str) -> ProtocolError:
    return ProtocolError(ErrorCode.INVALID_REQUEST, public, detail=detail, section=_SECTION)
