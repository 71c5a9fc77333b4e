"""Parameters as they arrive, bounded before anything reads them (RFC 6749 §3.1, §3.2, App. B)."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from idp.oidc.errors import ErrorCode, ProtocolError

MAX_BODY: Final = 32 * 1024
_MAX_FIELDS: Final = 50
_MAX_NAME: Final = 100
# RFC 8707 §2: may come several times. Its values are joined by a space, which no URI holds.
REPEATABLE: Final = frozenset({"resource"})
_FORM: Final = "application/x-www-form-urlencoded"


def form(request: HttpRequest) -> dict[str, str]:
    """Return the body's parameters; one without a value counts as absent.

    Raises:
        ProtocolError: invalid_request; the body is not a form, or too large, or malformed.
    """
    if request.content_type != _FORM:
        raise _refusal(public=f"Send the parameters as {_FORM}.", detail="wrong_content_type")
    return parse(_body(request))


def query(request: HttpRequest) -> dict[str, str]:
    """Return the parameters of the address; one without a value counts as absent.

    Raises:
        ProtocolError: invalid_request, as for `parse`.
    """
    # WSGI gives the bytes of the address as Latin-1 text.
    return parse(str(request.META.get("QUERY_STRING", "")).encode("latin-1", errors="replace"))


def parse(raw: bytes) -> dict[str, str]:
    """Return the parameters of a form or query; one without a value counts as absent.

    Raises:
        ProtocolError: invalid_request; too many, too long, malformed, or one comes twice.
    """
    fields = [field for field in raw.split(b"&") if field]
    if len(raw) > MAX_BODY or len(fields) > _MAX_FIELDS:
        raise _refusal(public="The request is too large.", detail="too_large")
    found: dict[str, str] = {}
    for field in fields:
        name, _, value = field.partition(b"=")
        key = _decoded(name)
        if key not in found:
            found[key] = _decoded(value)
        elif key in REPEATABLE:
            found[key] += f" {_decoded(value)}"
        else:
            # RFC 6749 §3.2: none may come twice. Of two, a proxy and we may read different ones.
            raise _refusal(
                public="A parameter is in the request twice.", detail="duplicate_parameter"
            )
    if any(len(key) > _MAX_NAME for key in found):
        raise _refusal(public="The name of a parameter is too long.", detail="name_too_long")
    return {key: value for key, value in found.items() if value}


def required(parameters: Mapping[str, str], name: str) -> str:
    """Return the parameter.

    Raises:
        ProtocolError: invalid_request; it is missing.
    """
    if name not in parameters:
        error = _refusal(public=f"The parameter {name} is missing.", detail=f"missing_{name}")
        error.parameter = name
        raise error
    return parameters[name]


def _body(request: HttpRequest) -> bytes:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > MAX_BODY:
        raise _refusal(public="The request is too large.", detail="too_large")
    try:
        return request.body
    except UnreadablePostError as error:
        raise _refusal(public="The request broke off.", detail="broken_off") from error


def _decoded(raw: bytes) -> str:
    try:
        text = unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(public="A parameter is not UTF-8.", detail="not_utf8") from error
    # PostgreSQL stores no NUL, and nothing in any specification needs one.
    if "\0" in text:
        raise _refusal(public="A parameter holds a NUL character.", detail="nul")
    return text


def _refusal(*, public: str, detail: str) -> ProtocolError:
    code, section = ErrorCode.INVALID_REQUEST, "RFC 6749 §3.2, Appendix B"
    return ProtocolError(code, public, detail=detail, section=section)
