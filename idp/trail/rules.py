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
