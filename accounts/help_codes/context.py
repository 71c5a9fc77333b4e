"""The help code as every template sees it."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.help_codes.trail import Trail

logger = logging.getLogger(__name__)


def help_code(request: HttpRequest) -> dict[str, object]:
    """Return `help_code`, made only if the page shows it; empty where there is none to show."""
    trail: Trail | None = getattr(request, "trail", None)
    return {"help_code": SimpleLazyObject(lambda: _code(trail))}


def _code(trail: Trail | None) -> str:
    if trail is None:
        return ""
    try:
        return trail.code()
    except DatabaseError:
        # The page that says so must still show.
        logger.exception("no help code")
        return ""
