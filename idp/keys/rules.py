"""How long a key that no longer signs stays published."""

from datetime import datetime, timedelta


def is_published(
    *, state: str, retired_at: datetime | None, now: datetime, kept: timedelta
) -> bool:
    """Say whether what the key signed must still be accepted.

    A retired key stays for as long as anything it signed may still be shown to us (`kept`).
    """
    if state == "retired":
        return retired_at is not None and now < retired_at + kept
    return state in {"next", "active"}
