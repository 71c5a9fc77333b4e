"""Which addresses a browser may be sent to (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §4.1)."""

import re
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from clients.organisations.rules import is_drawn_as_latin, mixes_scripts

LONGEST_ADDRESS: Final = 1000

# What RFC 3986 §2 lets stand in an address. urlsplit() silently drops tabs and line breaks, and
# browsers read a backslash as a slash, so anything else is refused before any parsing.
_CHARACTERS: Final = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_ENCODED_CONTROL: Final = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")
_ENCODED_SEPARATOR: Final = re.compile(r"%(?:2[Ff]|5[Cc])")
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_LOCALHOST: Final = "localhost"
# Names that mean another host in every network, or none (RFC 6761, RFC 6762, RFC 8375).
_PRIVATE: Final = re.compile(
    r".*\.(?:localhost|local|localdomain|internal|intranet|lan|invalid|home\.arpa)"
)
# Parameters of our own answer: a second one would confuse the application (RFC 6749 §4.1.2).
_ANSWER: Final = frozenset({"code", "error", "error_description", "iss", "response", "state"})


class AddressProblem(StrEnum):
    """Why an address is refused."""

    EMPTY = "address_empty"
    TOO_LONG = "address_too_long"
    NOT_ASCII = "address_not_ascii"
    CHARACTER = "address_character"
    SCHEME = "address_scheme"
    HTTP = "address_http"
    FRAGMENT = "address_fragment"
    WILDCARD = "address_wildcard"
    USERINFO = "address_userinfo"
    HOST = "address_host"
    HOST_IS_NUMBER = "address_host_is_number"
    HOST_PRIVATE = "address_host_private"
    LOOKALIKE = "address_lookalike"
    LOOPBACK = "address_loopback"
    PORT = "address_port"
    PATH = "address_path"
    ANSWER_PARAMETER = "address_answer_parameter"


def address_problem(
    address: str, *, loopback: bool, longest: int = LONGEST_ADDRESS
) -> AddressProblem | None:
    """Return why no browser may be sent to this address, if so.

    `loopback`: whether this machine's own addresses are fit, with http, as for native and sandbox
    applications.
    """
    if problem := _text_problem(address, longest):
        return problem
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return AddressProblem.HOST
    return _host_problem(parts, loopback=loopback) or _rest_problem(parts)


def reads_as(address: str) -> str | None:
    """Return the host as people read it when it is written in xn-- form, which may be a lookalike.

    Expects an address without problems.
    """
    host = urlsplit(address).hostname or ""
    if not any(label.startswith("xn--") for label in host.split(".")):
        return None
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def looks_like_another(address: str) -> bool:
    """Say whether letters of another script in the host are drawn as ours, or are not readable.

    Expects an address without problems.
    """
    read = reads_as(address) or ""
    if "xn--" in read:
        return True
    labels = [label for label in read.split(".") if not label.isascii()]
    return any(mixes_scripts(label) or is_drawn_as_latin(label) for label in labels)


def is_loopback(host: str) -> bool:
    """Say whether the host is this machine itself, under one of its proper names."""
    if host == _LOCALHOST:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _text_problem(address: str, longest: int) -> AddressProblem | None:
    checks: tuple[tuple[AddressProblem, Callable[[str], bool]], ...] = (
        (AddressProblem.EMPTY, lambda text: not text),
        (AddressProblem.TOO_LONG, lambda text: len(text) > longest),
        (AddressProblem.NOT_ASCII, lambda text: not text.isascii()),
        (AddressProblem.CHARACTER, lambda text: not _CHARACTERS.fullmatch(text)),
        (AddressProblem.CHARACTER, lambda text: bool(_ENCODED_CONTROL.search(text))),
        (AddressProblem.SCHEME, lambda text: not text.startswith(("https://", "http://"))),
        (AddressProblem.FRAGMENT, lambda text: "#" in text),
        (AddressProblem.WILDCARD, lambda text: "*" in text),
    )
    return next((problem for problem, applies in checks if applies(address)), None)


def _host_problem(parts: SplitResult, *, loopback: bool) -> AddressProblem | None:
    if "@" in parts.netloc:
        return AddressProblem.USERINFO
    # hostname is in small letters: two spellings of one host would make two addresses.
    host = parts.hostname or ""
    if host not in parts.netloc or not host:
        return AddressProblem.HOST
    if is_loopback(host):
        return None if loopback else AddressProblem.LOOPBACK
    if parts.scheme != "https":
        return AddressProblem.HTTP
    if _HOST.fullmatch(host):
        return AddressProblem.HOST_PRIVATE if _PRIVATE.fullmatch(host) else None
    is_number = ":" in host or re.fullmatch(r"[0-9a-fx.]+", host)
    return AddressProblem.HOST_IS_NUMBER if is_number else AddressProblem.HOST


def _rest_problem(parts: SplitResult) -> AddressProblem | None:
    try:
        unfit = parts.port == 0 or parts.netloc.endswith(":")
    except ValueError:
        unfit = True
    if unfit:
        return AddressProblem.PORT
    # A browser walks /a/../b to /b; a server behind may or may not.
    segments = unquote(parts.path).split("/")
    if {".", ".."} & set(segments) or _ENCODED_SEPARATOR.search(parts.path):
        return AddressProblem.PATH
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return AddressProblem.ANSWER_PARAMETER if names & _ANSWER else None
