"""Where a sign-in may lead, and whether one may go on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_RETURN = 500
LONGEST_NAME = 254


class FlowState(StrEnum):
    """What has become of a pending sign-in."""

    OPEN = "open"
    EXPIRED = "flow_expired"
    DONE = "flow_done"
    UNKNOWN = "flow_unknown"


class Step(StrEnum):
    """What staff see of a sign-in that was not refused."""

    INCOMPLETE = "sign_in_incomplete"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class FlowFacts:
    """What decides what has become of it."""

    of_this_browser: bool
    done: bool
    expires_at: datetime


def flow_state(facts: FlowFacts, *, now: datetime) -> FlowState:
    """Return the flow's state; another browser's is told apart from none at all by nobody."""
    if not facts.of_this_browser:
        return FlowState.UNKNOWN
    if facts.done:
        return FlowState.DONE
    return FlowState.EXPIRED if now >= facts.expires_at else FlowState.OPEN


def is_local_path(address: str) -> bool:
    r"""Say whether a browser, too, reads the address as a path of this site.

    Browsers take a backslash for a slash and drop tabs and newlines, so that `/\evil` and
    `/<tab>/evil` would lead elsewhere.
    """
    if len(address) > LONGEST_RETURN or not address.isascii() or not address.isprintable():
        return False
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def usable_hint(login_hint: str) -> str:
    """Return a hint fit to stand in the name field, or nothing.

    A service may send anything as `login_hint` (OpenID Connect Core §3.1.2.1).
    """
    return login_hint if len(login_hint) <= LONGEST_NAME and login_hint.isprintable() else ""
