"""JSON objects that programs send, bounded before anything reads them."""

from typing import Any

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.strict_json import NotStrictError, parse_object


def read(request: HttpRequest, *, longest: int, section: str) -> dict[str, Any]:
    """Return the JSON object in the body, of at most so many bytes.

    Raises:
        ProtocolError: invalid_request; the body is none, or too large.
    """
    try:
        return parse_object(_body(request, longest))
    except NotStrictError as error:
        words = "The body is not one JSON object: UTF-8, each member once, few levels, no NUL."
        raise _refusal(words, f"json_{error.fault}", section) from error
    except _UnfitError as error:
        raise _refusal(error.public, error.detail, section) from error


class _UnfitError(Exception):
    def __init__(self, *, public: str, detail: str) -> None:
        super().__init__(detail)
        self.public, self.detail = public, detail


def _body(request: HttpRequest, longest: int) -> bytes:
    if request.content_type != "application/json":
        raise _UnfitError(public="Send the body as application/json.", detail="wrong_content_type")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > len(str(longest)) or int(length) > longest:
        raise _UnfitError(public="The request is too large.", detail="too_large")
    try:
        return request.body
    except UnreadablePostError as error:
        raise _UnfitError(public="The request broke off.", detail="broken_off") from error


def _refusal(public: str, detail: str, section: str) -> ProtocolError:
    return ProtocolError(ErrorCode.INVALID_REQUEST, public, detail=detail, section=section)
