"""What an answer about somebody means, and when there is no use in asking on."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

# A timer asks every five minutes, so that a no is heard within ten and acted on within fifteen.
# Whoever was asked about this long ago and not answered for was lost with a process.
LEASE: Final = timedelta(minutes=2)
# So many silences in a row: the directory is away, and the others need not wait for theirs.
MOST_SILENCES: Final = 3
# Whom it has vouched for no more for so long has left for good.
GONE_FOR_GOOD: Final = timedelta(days=30)

# RFC 6749 §5.2: of all refusals this one alone is about the person. The others are about us.
_NO: Final = "invalid_grant"


class Heard(StrEnum):
    """What the directory said of somebody."""

    STAYS = "stays"
    ROLES_LOST = "roles_lost"
    GONE = "gone"
    SILENT = "silent"
    ASKED_ELSEWHERE = "asked_elsewhere"
    NOT_ASKED = "not_asked"


def of_refusal(error: str) -> Heard:
    """Return what a refusal in due form means."""
    return Heard.GONE if error == _NO else Heard.SILENT
