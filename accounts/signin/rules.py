"""Where a sign-in may lead, and whether one may go on."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from accounts.assurance import SECOND_STEPS, Level, Method, lasting_level_of, level_of

LONGEST_RETURN = 500
LONGEST_NAME = 254


class FlowState(StrEnum):
    """What has become of a pending sign-in."""

    OPEN = "open"
    EXPIRED = "flow_expired"
    DONE = "flow_done"
    UNKNOWN = "flow_unknown"


class Step(StrEnum):
    """What staff see of a sign-in that was not refused, or only for a while."""

    INCOMPLETE = "sign_in_incomplete"
    SIGNED_IN = "signed_in"
    ASKED_TO_WAIT = "asked_to_wait"


class Next(StrEnum):
    """What a sign-in needs, after whatever was proved so far."""

    FIRST_STEP = "first_step"
    SECOND_STEP = "second_step"
    REOPEN = "reopen"
    UNFREEZE = "unfreeze"
    ADD_A_WAY = "add_a_way"
    DONE = "done"


@dataclass(frozen=True)
class Given:
    """What decides what is needed.

    `available`: the methods that the account can prove by. `at_highest`: as strongly as it can,
    not only as strongly as `wanted`. `remembered`: its owner asked not to be asked for a second
    step in this browser. `set_aside`: the methods that open nothing until their owner kept them.
    """

    proved: frozenset[Method]
    available: frozenset[Method]
    wanted: Level = Level.ONE_FACTOR
    at_highest: bool = False
    remembered: bool = False
    frozen: bool = False
    closed: bool = False
    set_aside: frozenset[Method] = frozenset()


def next_needed(given: Given) -> Next:
    """Return the one thing that the sign-in needs next.

    A passkey never stands behind a password: whoever has one and types a password instead, as in a
    library, still gets where one factor is enough.
    """
    if not given.proved:
        return Next.FIRST_STEP
    level = level_of(given.proved)
    target = given.wanted
    if given.at_highest or given.closed:
        target = max(target, lasting_level_of(given.available))
    if level < min(target, level_of(given.available)) or _owes_second_step(given, level, target):
        return Next.SECOND_STEP
    if given.closed:
        return Next.REOPEN
    if given.frozen:
        return Next.UNFREEZE
    return Next.ADD_A_WAY if level < target else Next.DONE


def leads_on(given: Given, method: Method) -> bool:
    """Say whether this method would be enough of a second step."""
    after = replace(given, proved=given.proved | {method})
    return next_needed(after) not in {Next.FIRST_STEP, Next.SECOND_STEP}


def _owes_second_step(given: Given, level: Level, target: Level) -> bool:
    # Also one that is set aside: a mailbox can do that, and must not do away with the second step.
    has_one = bool((given.available | given.set_aside) & SECOND_STEPS)
    spared = given.remembered and target == Level.ONE_FACTOR
    return level == Level.ONE_FACTOR and has_one and not spared


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
