"""Whether a session still counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class SessionFacts:
    """What decides whether a session is open; all times aware. `idle`: how long it may rest."""

    ended: bool
    account_active: bool
    last_seen_at: datetime
    expires_at: datetime
    idle: timedelta


def ends_at(facts: SessionFacts) -> datetime:
    """Return when the session is over if nothing more is done in it."""
    return min(facts.last_seen_at + facts.idle, facts.expires_at)


def is_open(facts: SessionFacts, *, now: datetime) -> bool:
    """Say whether the session may be used: not ended, not idle, not expired, account active."""
    return (
        not facts.ended
        and facts.account_active
        and now < facts.expires_at
        and now < facts.last_seen_at + facts.idle
    )
