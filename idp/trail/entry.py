"""One request, as the trail remembers it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """What is kept of a request; `duration` in microseconds.

    `client_id` is whom the request names, `protected_by` what bound the code that it took. Unless
    `is_authenticated`, anybody may have sent it. `sent`: what it gave for `parameter`, as
    `rules.harmless` left it.
    """

    client_id: str
    at: datetime
    endpoint: str
    duration: int
    status: int
    outcome: str
    is_authenticated: bool
    reason: str = ""
    parameter: str = ""
    section: str = ""
    sent: str = ""
    help_code: str = ""
    client_library: str = ""
    grant_type: str = ""
    protected_by: str = ""
