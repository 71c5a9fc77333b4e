"""Whether a session still counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.assurance import Level, Method

_LEVEL_OF = {Method.PASSWORD: Level.ONE_FACTOR}


@dataclass(frozen=True)
class SessionFacts:
    """What decides whether a session is open; all times aware."""

    ended: bool
    account_active: bool
    last_seen_at: datetime
    expires_at: datetime


def is_open(facts: SessionFacts, *, now: datetime, idle: timedelta) -> bool:
    """Say whether the session may be used: not ended, not idle, not expired, account active."""
    return (
        not facts.ended
        and facts.account_active
        and now < facts.expires_at
        and now < facts.last_seen_at + idle
    )


def level_of(methods: Iterable[Method]) -> Level:
    """Return how strongly these proofs together authenticate."""
    return max(_LEVEL_OF[method] for method in methods)
