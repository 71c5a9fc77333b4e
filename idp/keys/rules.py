"""When a key may sign, when it has signed for long enough, and how long it then stays published."""

from datetime import datetime, timedelta
from typing import Final

# How long a service may go on with the keys that it has fetched: the cache time of /jwks.
KEYS_KEPT_BY_SERVICES: Final = timedelta(minutes=5)


def is_known(*, created_at: datetime, now: datetime) -> bool:
    """Say whether every service has had to fetch the keys since this one was published."""
    return created_at + KEYS_KEPT_BY_SERVICES <= now


def is_due(*, activated_at: datetime | None, now: datetime, every: timedelta) -> bool:
    """Say whether the key has signed for as long as a key shall; if nobody knows, it has."""
    return activated_at is None or activated_at + every <= now


def is_published(
    *, state: str, retired_at: datetime | None, now: datetime, kept: timedelta
) -> bool:
    """Say whether what the key signed must still be accepted.

    A retired key stays for as long as anything it signed may still be shown to us (`kept`).
    """
    if state == "retired":
        return retired_at is not None and now < retired_at + kept
    return state in {"next", "active"}
