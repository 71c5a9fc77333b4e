"""Redirect URIs: whether one is registered, and what is made of it (RFC 6749 §3.1.2)."""

import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

_LONGEST: Final = 2000
_LAST_PORT: Final = 65535
# What follows must be a path, a query or nothing: never an "@" that makes all this a user name.
_LOOPBACK: Final = re.compile(r"(http://(?:127\.0\.0\.1|\[::1\]))(?::([0-9]{1,5}))?(?=[/?]|\Z)")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*")
_HOST: Final = re.compile(r"[a-z0-9.-]+")


def is_registered(asked: str, registered: Collection[str], *, native: bool) -> bool:
    """Say whether a request may name this URI: character by character (RFC 9700 §4.1.3).

    A native application listens on whichever port is free, so the port alone may differ on a
    loopback address (RFC 8252 §7.3).
    """
    if len(asked) > _LONGEST:
        return False
    if asked in registered:
        return True
    portless = _without_port(asked) if native else None
    return portless is not None and portless in {_without_port(uri) for uri in registered}


def _without_port(uri: str) -> str | None:
    found = _LOOPBACK.match(uri)
    if found is None or int(found[2] or 0) > _LAST_PORT:
        return None
    return found[1] + uri[found.end() :]


def with_parameters(uri: str, parameters: Mapping[str, str]) -> str:
    """Return the URI with these added to its own query (RFC 6749 §4.1.2)."""
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(parameters)}"


def form_action(uri: str) -> str:
    """Return the URI's origin as a source of CSP's form-action, or nothing if it has none.

    Browsers hold each redirect after a form against the form's page. A custom scheme has no
    origin, and no source can name an IPv6 address: for both the scheme is as close as one gets.
    """
    parts = urlsplit(uri)
    if not _SCHEME.fullmatch(parts.scheme):
        return ""
    if parts.scheme not in {"http", "https"} or ":" in (parts.hostname or ""):
        return f"{parts.scheme}:"
    if not _HOST.fullmatch(parts.hostname or ""):
        return ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}"


def form_target(uri: str) -> str:
    """Return the URI without its query as a source of CSP's form-action, or nothing.

    For a page whose one form is sent there and nowhere else.
    """
    source, path = form_action(uri), urlsplit(uri).path
    # CSP Level 3 §2.3.1: a scheme alone takes no path; these two characters would end the source.
    has_origin = "://" in source
    return source + quote(path, safe="/%!$&'()*+:=@~") if has_origin else source
