"""What of a request the trail may keep."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from idp.trail.entry import Entry

KEPT: Final = timedelta(days=30)
# Anybody can name an application: what they send must not push out what it sent itself.
UNAUTHENTICATED_AN_HOUR: Final = 500
# The first product of a User-Agent (RFC 9110 §10.1.5); what follows is of no use to a partner.
_PRODUCT: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,50}(?:/[A-Za-z0-9.+_-]{1,30})?")
# What a request gave for one of these may be kept: it proves nothing, and is about no resident.
_HARMLESS: Final = frozenset(
    {
        "acr_values",
        "code_challenge_method",
        "grant_type",
        "htu",
        "max_age",
        "prompt",
        "redirect_uri",
        "resource",
        "response_mode",
        "response_type",
        "scope",
        "token_endpoint_auth_method",
        "vtr",
    }
)
_ADDRESSES: Final = frozenset({"htu", "redirect_uri", "resource"})
_LONGEST_SENT: Final = 500
# Shorter than any code, token or secret of ours (43), and longer than what people make up.
_LIKE_A_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{40,}")
LEFT_OUT: Final = "…"
# Scheme and host, path, query and fragment; all texts fit.
_PARTS: Final = re.compile(r"([^:/?#]*://[^/?#]*)?([^?#]*)([?#].*)?", re.DOTALL)
_USER: Final = re.compile(r"(?<=://)[^/]*@")
_BEFORE_HOST: Final = re.compile(r"(?<![^/])[^/]*@")


def harmless(parameter: str, value: str) -> str:
    """Return what the trail may keep of a parameter's value: one line, nothing hidden in it.

    Whoever writes a client sends things in the wrong place, so whatever might be a secret is left
    out, and of addresses the query and any user name.
    """
    if parameter not in _HARMLESS:
        return ""
    kept = _bare(value) if parameter in _ADDRESSES else _LIKE_A_SECRET.sub(LEFT_OUT, value)
    shown = "".join(_visible(character) for character in kept[:_LONGEST_SENT])
    return shown if len(shown) <= _LONGEST_SENT else shown[: _LONGEST_SENT - 1] + LEFT_OUT


def _bare(address: str) -> str:
    host, path, query = _PARTS.fullmatch(address).groups(default="")  # type: ignore[union-attr]
    if not host:
        # "//user:word@host" and the like: what comes before the sign may be a password.
        path = _BEFORE_HOST.sub("", path)
    path = _LIKE_A_SECRET.sub(LEFT_OUT, path)
    return f"{_USER.sub('', host)}{path}{query[:1] + LEFT_OUT if query else ''}"


def _visible(character: str) -> str:
    """Escape what readers cannot see, and what turns a line around."""
    if character == LEFT_OUT or " " <= character <= "~":
        return character
    return ascii(character)[1:-1]


def client_library(user_agent: str) -> str:
    """Return the library that a program says it uses, such as `python-requests/2.34`."""
    found = _PRODUCT.match(user_agent[:100])
    return found[0] if found else ""


@dataclass
class Admitted:
    """Which entries are written, and how many of each client_id are not."""

    kept: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def admitted(entries: Iterable[Entry], *, written: Mapping[str, int]) -> Admitted:
    """Return which may be written; `written` counts this hour's unauthenticated by client_id.

    Authenticated ones always may.
    """
    counts, found = Counter(written), Admitted()
    for entry in entries:
        if not entry.is_authenticated:
            counts[entry.client_id] += 1
            if counts[entry.client_id] > UNAUTHENTICATED_AN_HOUR:
                found.left_out[entry.client_id] += 1
                continue
        found.kept.append(entry)
    return found
