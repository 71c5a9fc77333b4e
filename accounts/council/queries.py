"""Reads what was published of the council; each process looks again every few seconds."""

import logging
import time
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.council.memory import Found, memory
from accounts.council.rules import Detail
from accounts.council.service_notices.queries import not_over
from accounts.council.shown import Council, as_shown, complete
from accounts.models import CouncilDetails, Opening, ServiceNotice

logger = logging.getLogger(__name__)


def council() -> Council:
    """Return the council as it is shown now."""
    return as_shown(details())


def details() -> dict[Detail, str]:
    """Return every value that holds now, at most half a minute old."""
    return complete(_known().values)


def notices() -> list[ServiceNotice]:
    """Return the notices about the service that are shown now, at most half a minute old."""
    now = timezone.now()
    return [one for one in _known().notices if one.starts_at <= now < one.ends_at]


def is_open() -> bool:
    """Say whether residents may create accounts, as it was half a minute ago at most."""
    return opens(_known().opening)


def opens_on() -> date | None:
    """Return the day that is announced while they may not."""
    turned = _known().opening
    return turned.opens_on if turned else None


def opens(turned: Opening | None) -> bool:
    """Say whether residents may create accounts after this turn of the switch.

    A demonstration is open until somebody closes it, a fresh instance once somebody opens it.
    """
    return turned.is_open if turned else bool(settings.DEMO)


def last_turn() -> Opening | None:
    """Return the newest turn of the switch, as it is in the database."""
    return Opening.objects.select_related("turned_by").order_by("-pk").first()


def _known() -> Found:
    known = memory.found
    return known if known is not None and known.is_recent else _look(known)


def look_again() -> None:
    """Look now, because another process may know more; what is known stays if nothing is read."""
    known = memory.found
    if known is None or not known.is_of_just_now:
        _look(known)


def details_without_looking() -> dict[Detail, str]:
    """Return what was known last, for pages that must not ask the database."""
    return complete(memory.found.values if memory.found else {})


def notices_without_looking() -> list[ServiceNotice]:
    """Return the notices that were known last, for the same pages."""
    return list(memory.found.notices) if memory.found else []


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
        row, ahead, turned = newest(), tuple(not_over(timezone.now())), last_turn()
    except (DatabaseError, InterfaceError) as error:
        # The page that says what is wrong must still show; the next try is as far away as ever.
        logger.error("the council's details cannot be read: %s", type(error).__name__)  # noqa: TRY400
        found = replace(known, at=now) if known else Found(0, {}, now)
    else:
        found = Found(row.number if row else 0, row.values if row else {}, now, ahead, turned)
    memory.found = found
    return found
