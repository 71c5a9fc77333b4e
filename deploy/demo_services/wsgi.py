"""HTTP as the pages need it: a bounded request, a response, and no surprises in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

MOST_QUERY_BYTES = 8192
MOST_BODY_BYTES = 4096
MOST_DIGITS = 9
_EVENT = "application/secevent+jwt"


class BadRequestError(Exception):
    """The request is too long, or says something twice."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; each parameter has exactly one value."""

    method: str
    path: str
    host: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookies: Mapping[str, str]
    content_type: str = ""
    authorization: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """One response, its body complete."""

    status: HTTPStatus
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = field(default=())


def read(environ: Mapping[str, Any]) -> Request:
    """Return the request of a WSGI environment.

    Raises:
        BadRequestError: it is too long, or names a parameter twice.
    """
    body = _body(environ)
    content_type = environ.get("CONTENT_TYPE", "")
    # What programs post is no form: its reader says what it is.
    form = "" if content_type == _EVENT else body.decode("latin-1")
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "") or "/",
        host=environ.get("HTTP_HOST", ""),
        query=_parameters(environ.get("QUERY_STRING", ""), MOST_QUERY_BYTES),
        form=_parameters(form, MOST_BODY_BYTES),
        cookies=_cookies(environ.get("HTTP_COOKIE", "")),
        content_type=content_type,
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
        body=body,
    )


def redirect(url: str) -> Response:
    """Return a redirect that the browser follows with GET."""
    return Response(HTTPStatus.SEE_OTHER, headers=(("Location", url),))


def cookie(name: str, value: str) -> tuple[str, str]:
    """Return the header that sets a cookie until the browser closes.

    Lax, not Strict: the provider's redirect back comes from another site and must carry it. Not
    Secure: these services are reached over http on this machine only.
    """
    return ("Set-Cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Lax")


def _body(environ: Mapping[str, Any]) -> bytes:
    if environ["REQUEST_METHOD"] != "POST":
        return b""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > MOST_DIGITS or int(length) > MOST_BODY_BYTES:
        raise BadRequestError
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def _parameters(text: str, most: int) -> dict[str, str]:
    if len(text) > most:
        raise BadRequestError
    pairs = parse_qsl(text, keep_blank_values=True)
    parameters = dict(pairs)
    # OAuth parameters come once, so that no two readers can choose differently. RFC 6749 §3.1
    if len(parameters) != len(pairs):
        raise BadRequestError
    return parameters


def _cookies(header: str) -> dict[str, str]:
    # By hand: http.cookies drops every cookie when another program on this host sets an odd one.
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value for name, _, value in pairs}
