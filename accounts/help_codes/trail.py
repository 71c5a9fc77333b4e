"""One request's part of the trail behind a help code."""

import logging
from enum import StrEnum

from django.db import DatabaseError
from django.http import HttpRequest

from accounts.help_codes import operations
from accounts.models import HelpCode
from accounts.security.browser import BrowserId

logger = logging.getLogger(__name__)


class Trail:
    """Collects what happened in one request; writes once, when the request is over.

    A request that shows no code and notes nothing costs nothing.
    """

    def __init__(self, browser: BrowserId) -> None:
        self._browser = browser
        self._reasons: list[str] = []
        self._row: HelpCode | None = None

    def note(self, reason: str) -> None:
        """Add a named reason to the trail."""
        self._reasons.append(reason)

    def code(self) -> str:
        """Return the browser's code, eight characters."""
        if self._row is None:
            self._row = operations.for_browser(self._browser)
        return self._row.code

    def close(self, page: str, status: int) -> None:
        """Write what was noted; a page that showed its code leaves at least its status."""
        if self._row is None and not self._reasons:
            return
        try:
            row = self._row or operations.for_browser(self._browser)
            operations.add_steps(row, page=page, reasons=self._reasons or [f"status_{status}"])
        except DatabaseError:
            # The answer is made already, and worth more than its trail.
            logger.exception("steps lost")


def note_step(request: HttpRequest, reason: StrEnum) -> None:
    """Add a named reason to the trail that staff see under this page's help code.

    The reason must be the same for addresses with and without an account.
    """
    trail: Trail | None = getattr(request, "trail", None)
    if trail is not None:
        trail.note(reason)
