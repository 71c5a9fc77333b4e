"""Whose word is taken for where a request came from, and whether it came encrypted.

The web server that ends TLS is the peer of every connection. What it says in `X-Forwarded-For` and
`X-Forwarded-Proto` counts; the same from anybody else is a forgery and is not read.
"""

from collections.abc import Sequence
from ipaddress import ip_network
from typing import Final
from wsgiref.types import WSGIApplication

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Instead of addresses: this server ends TLS itself and nothing stands before it.
NONE: Final = "none"


def behind(trusted: Sequence[str], application: WSGIApplication) -> WSGIApplication:
    """Return the application with `REMOTE_ADDR` and the scheme as trusted peers tell them.

    Of several addresses the last that is not itself trusted is taken: those before it were written
    by whoever asked.
    """
    if not trusted or list(trusted) == [NONE]:
        return application
    wrapped: WSGIApplication = wrap_wsgi_with_proxy_headers(application, list(trusted))
    return wrapped


def unfit(trusted: Sequence[str]) -> list[str]:
    """Return the entries that name no peer, or everybody."""
    return [] if list(trusted) == [NONE] else [entry for entry in trusted if not _names(entry)]


def _names(entry: str) -> bool:
    try:
        return ip_network(entry).prefixlen > 0
    except ValueError:
        return False
