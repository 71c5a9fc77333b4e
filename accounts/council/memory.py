"""What this process knows of the council, until it looks again."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accounts.models import Opening, ServiceNotice

# A change is to be seen everywhere within a minute: in other processes, and in the worker's mails.
LOOKS_EVERY: Final = 20.0
# Anybody can give a page a reason to look sooner, and so without end.
LOOKS_AGAIN_AFTER: Final = 1.0


@dataclass(frozen=True)
class Found:
    """What a process last found, and when by its own clock."""

    number: int
    values: Mapping[str, str]
    at: float
    notices: tuple[ServiceNotice, ...] = ()
    opening: Opening | None = None

    @property
    def is_recent(self) -> bool:
        """Whether it need not be looked up again yet."""
        return self._is_younger_than(LOOKS_EVERY)

    @property
    def is_of_just_now(self) -> bool:
        """Whether nobody may have it looked up again yet."""
        return self._is_younger_than(LOOKS_AGAIN_AFTER)

    def _is_younger_than(self, seconds: float) -> bool:
        return 0 <= time.monotonic() - self.at < seconds


class Memory:
    """What this process knows; replaced as a whole, so that threads need no lock."""

    def __init__(self) -> None:
        self.found: Found | None = None

    def forget(self) -> None:
        """Have the next reader look again."""
        self.found = None


memory = Memory()
