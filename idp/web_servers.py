"""Whose word is taken for where a request came from, encrypted or not, with which certificate.

The web server that ends TLS is the peer of every connection. What it says in `X-Forwarded-For`,
`X-Forwarded-Proto` and the two headers of client certificates counts; the same from anybody else is
a forgery and is not read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Instead of addresses: this server ends TLS itself and nothing stands before it.
NONE: Final = "none"
# Where `ClientCertificate` stands: no header can be called so.
CERTIFICATE: Final = "borough.client_certificate"
# The certificate in PEM, percent-encoded ($ssl_client_escaped_cert), and SUCCESS where its chain
# leads to an authority that the web server was told of ($ssl_client_verify).
_CERTIFICATE_HEADER: Final = "HTTP_X_CLIENT_CERTIFICATE"
_VERIFIED_HEADER: Final = "HTTP_X_CLIENT_CERTIFICATE_VERIFIED"
_Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class ClientCertificate:
    """What the web server says of the certificate that a request came with (RFC 8705 §6.5).

    `text` as it came; `is_verified`: by a chain to an authority that the council chose.
    """

    text: str = field(repr=False)
    is_verified: bool


def behind(trusted: Sequence[str], application: WSGIApplication) -> WSGIApplication:
    """Return the application with address, scheme and certificate as trusted peers tell them.

    Of several addresses the last that is not itself trusted is taken: those before it were written
    by whoever asked.
    """
    if not trusted or list(trusted) == [NONE]:
        return _certified((), application)
    wrapped: WSGIApplication = wrap_wsgi_with_proxy_headers(application, list(trusted))
    # The outer one: it sees the peer itself, before its address gives way to what the peer says.
    return _certified([ip_network(entry) for entry in trusted if _names(entry)], wrapped)


def _certified(trusted: Sequence[_Network], application: WSGIApplication) -> WSGIApplication:
    def read(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        text = environ.pop(_CERTIFICATE_HEADER, "")
        is_verified = environ.pop(_VERIFIED_HEADER, "") == "SUCCESS"
        if text and _is_among(environ.get("REMOTE_ADDR", ""), trusted):
            environ[CERTIFICATE] = ClientCertificate(text, is_verified)
        return application(environ, start_response)

    return read


def _is_among(peer: str, networks: Sequence[_Network]) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:  # a Unix socket: it has no address to list
        return False
    return any(address in network for network in networks)


def unfit(trusted: Sequence[str]) -> list[str]:
    """Return the entries that name no peer, or everybody."""
    return [] if list(trusted) == [NONE] else [entry for entry in trusted if not _names(entry)]


def _names(entry: str) -> bool:
    try:
        return ip_network(entry).prefixlen > 0
    except ValueError:
        return False
