"""Asking name servers for TXT records, so that no answer keeps us or fills our memory."""

from typing import Final

import dns.exception
import dns.resolver
from django.conf import settings

_MOST: Final = 100
# DNS answers of a domain that somebody prepared may be long; ours is short.
_LONGEST: Final = 200


class LookupFailedError(Exception):
    """No name server gave an answer that counts: it says nothing of the domain."""


def texts(name: str) -> list[str]:
    """Return the TXT records of this very name, none where it has none.

    Raises:
        LookupFailedError: nobody answered in time, or answered that it cannot.
    """
    try:
        answer = _resolver().resolve(f"{name}.", "TXT", search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise LookupFailedError from error
    found = (b"".join(record.strings) for record in list(answer)[:_MOST])
    return [text.decode("ascii", "replace") for text in found if len(text) <= _LONGEST]


def _resolver() -> dns.resolver.Resolver:
    servers = settings.DNS_SERVERS
    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers = [server.partition(":")[0] for server in servers]
        resolver.nameserver_ports = {
            host: int(port) for host, _, port in (s.partition(":") for s in servers) if port
        }
    resolver.timeout = resolver.lifetime = settings.DNS_TIMEOUT.total_seconds()
    return resolver
