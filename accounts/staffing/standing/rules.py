"""What the directory's last word about somebody is worth by now."""

from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Whether somebody may sign in, and if not why; said only to whoever has shown their key."""

    FINE = "directory_fine"
    SILENT = "directory_silent"
    GONE = "directory_gone"


def standing(
    *, heard_at: datetime, gone_at: datetime | None, now: datetime, grace: timedelta
) -> Standing:
    """Return what holds at `now` for somebody who was last vouched for at `heard_at`.

    A definite no counts at once, and until a visit. Silence throws nobody out: sessions go on to
    their end, hours at most. Once it lasted longer than `grace` nobody signs in, and so, as they
    want a sign-in of minutes ago, the dangerous acts stop too. A look that does not take place at
    all, because its timer does not run, is silence like any other.
    """
    if gone_at is not None:
        return Standing.GONE
    return Standing.SILENT if now - heard_at > grace else Standing.FINE
