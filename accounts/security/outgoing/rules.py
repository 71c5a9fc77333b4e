"""Which addresses this server may ask, so that nobody reaches what only it can reach."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

LONGEST_URL: Final = 2000
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}
_FIRST_FREE_PORT: Final = 1024

# What RFC 3986 §2 lets stand in an address. urlsplit() drops tabs and line breaks, and some clients
# read a backslash as a slash, so anything else is refused before any parsing.
_CHARACTERS: Final = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
# inet_aton() reads 2130706433, 0x7f.1 and 0177.1 as addresses too.
_NUMBER: Final = re.compile(r".*:.*|(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?")
_LONGEST_HOST: Final = 253
# Top-level names that lead to machines nearby, whoever's they are (RFC 6761, RFC 6762, ICANN).
_INSIDE: Final = frozenset(
    {
        *("arpa", "corp", "home", "internal", "intranet", "lan", "local", "localdomain"),
        *("localhost", "onion", "private"),
    }
)
# IANA's special-purpose registries: all that is not the public internet.
_SPECIAL_IPV4: Final = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own (RFC 6598)
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the clouds' metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Outside it lie mapped addresses, NAT64 (64:ff9b::), unique local, link-local and multicast ones.
_PUBLIC_IPV6: Final = ip_network("2000::/3")
_SPECIAL_IPV6: Final = tuple(
    ip_network(network)
    for network in (
        "2001::/23",  # protocols' own, Teredo among them, which carries an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",
    )
)


class UrlProblem(StrEnum):
    """Why an address is never asked, whatever it leads to; fit to be told to whoever wrote it."""

    EMPTY = "url_empty"
    TOO_LONG = "url_too_long"
    CHARACTER = "url_character"
    SCHEME = "url_scheme"
    USERINFO = "url_userinfo"
    HOST = "url_host"
    HOST_IS_NUMBER = "url_host_is_number"
    HOST_INSIDE = "url_host_inside"
    PORT = "url_port"


@dataclass(frozen=True)
class Target:
    """Where an address leads to; `is_allowed`: an operator listed this host and port."""

    scheme: str
    host: str
    port: int
    resource: str
    is_allowed: bool

    @property
    def authority(self) -> str:
        """The host, with the port if it is not the usual one, as in the Host header."""
        host = _bracketed(self.host)
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def url_problem(url: str, *, allowed: Collection[str]) -> UrlProblem | None:
    """Return why this address may not be asked, if so; `allowed` are an operator's `host:port`."""
    checks: tuple[tuple[UrlProblem, Callable[[str], bool]], ...] = (
        (UrlProblem.EMPTY, lambda text: not text),
        (UrlProblem.TOO_LONG, lambda text: len(text) > LONGEST_URL),
        (UrlProblem.CHARACTER, lambda text: not _CHARACTERS.fullmatch(text)),
        (UrlProblem.SCHEME, lambda text: not text.lower().startswith(("https://", "http://"))),
    )
    problem = next((problem for problem, applies in checks if applies(url)), None)
    return problem or _parts_problem(url, allowed)


def target_of(url: str, *, allowed: Collection[str]) -> Target:
    """Return where an address without problems leads to."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
    query = f"?{parts.query}" if parts.query else ""
    listed = f"{_bracketed(host)}:{port}" in allowed
    return Target(parts.scheme, host, port, f"{parts.path or '/'}{query}", listed)


def may_connect(target: Target, address: str) -> bool:
    """Say whether the target may be asked at this IP address, which its name stands for."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if not target.is_allowed:
        return is_public(ip)
    # http can be read on the way: it is for services on this very machine.
    return target.scheme == "https" or ip.is_loopback


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Say whether the address is somewhere on the public internet."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _SPECIAL_IPV4)
    in_special = any(ip in network for network in _SPECIAL_IPV6)
    return ip.scope_id is None and ip in _PUBLIC_IPV6 and not in_special


def allowance_problem(entry: str) -> bool:
    """Say whether an entry of an operator's list is not `host:port`, in small letters."""
    try:
        parts = urlsplit(f"https://{entry}")
        port = parts.port or 0
    except ValueError:
        return True
    host = parts.hostname or ""
    named = _HOST.fullmatch(f"{host}.host") or _NUMBER.fullmatch(host)
    return not named or not port or f"{_bracketed(host)}:{port}" != entry


def _parts_problem(url: str, allowed: Collection[str]) -> UrlProblem | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that hold no IPv6 address, or a port that is no number
        return UrlProblem.HOST
    if "@" in parts.netloc:
        return UrlProblem.USERINFO
    if port == 0 or parts.netloc.endswith(":"):
        return UrlProblem.PORT
    target = target_of(url, allowed=allowed)
    return None if target.is_allowed else _unlisted_problem(target)


def _unlisted_problem(target: Target) -> UrlProblem | None:
    if target.scheme != "https":
        return UrlProblem.SCHEME
    if problem := _host_problem(target.host):
        return problem
    # Ports below are other protocols', whose servers might take a request for a command.
    usual = target.port == _DEFAULT_PORTS["https"] or target.port >= _FIRST_FREE_PORT
    return None if usual else UrlProblem.PORT


def _host_problem(host: str) -> UrlProblem | None:
    if _NUMBER.fullmatch(host):
        return UrlProblem.HOST_IS_NUMBER
    if host.rpartition(".")[2] in _INSIDE:
        return UrlProblem.HOST_INSIDE
    return None if _HOST.fullmatch(host) and len(host) <= _LONGEST_HOST else UrlProblem.HOST


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
