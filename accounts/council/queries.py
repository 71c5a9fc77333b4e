"""Reads what was published of the council; each process looks again every few seconds."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, InterfaceError
from django.db.models import QuerySet

from accounts.council.rules import Detail
from accounts.council.shown import Council, as_shown, complete
from accounts.models import CouncilDetails

logger = logging.getLogger(__name__)

# A change is to be seen everywhere within a minute: in other processes, and in the worker's mails.
LOOKS_EVERY: Final = 20.0


@dataclass(frozen=True)
class Found:
    """What a process last found, and when by its own clock."""

    number: int
    values: Mapping[str, str]
    at: float

    @property
    def is_recent(self) -> bool:
        """Whether it need not be looked up again yet."""
        return 0 <= time.monotonic() - self.at < LOOKS_EVERY


class Memory:
    """What this process knows; replaced as a whole, so that threads need no lock."""

    def __init__(self) -> None:
        self.found: Found | None = None

    def forget(self) -> None:
        """Have the next reader look again."""
        self.found = None


memory = Memory()


def council() -> Council:
    """Return the council as it is shown now."""
    return as_shown(details())


def details() -> dict[Detail, str]:
    """Return every value that holds now, at most half a minute old."""
    known = memory.found
    if known is None or not known.is_recent:
        known = _look(known)
    return complete(known.values)


def published() -> Mapping[str, str]:
    """Return the values that were published alone, none of the settings; as old at most."""
    details()
    return memory.found.values if memory.found else {}


def details_without_looking() -> dict[Detail, str]:
    """Return what was known last, for pages that must not ask the database."""
    return complete(memory.found.values if memory.found else {})


def newest() -> CouncilDetails | None:
    """Return the version that counts, as it is in the database."""
    return CouncilDetails.objects.order_by("-number").first()


def versions() -> QuerySet[CouncilDetails]:
    """Return every version, the newest first, each with who published it."""
    return CouncilDetails.objects.select_related("published_by").order_by("-number")


def values_of(version: CouncilDetails | None) -> dict[Detail, str]:
    """Return all values of a version; those of the settings where there is none."""
    return complete(version.values if version else {})


def _look(known: Found | None) -> Found:
    now = time.monotonic()
    try:
        row = newest()
    except (DatabaseError, InterfaceError) as error:
        # The page that says what is wrong must still show; the next try is as far away as ever.
        logger.error("the council's details cannot be read: %s", type(error).__name__)  # noqa: TRY400
        found = Found(known.number, known.values, now) if known else Found(0, {}, now)
    else:
        found = Found(row.number, row.values, now) if row else Found(0, {}, now)
    memory.found = found
    return found
